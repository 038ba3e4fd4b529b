"""Changing how long what is kept, and the legal texts."""

from collections.abc import Mapping

from app.core import retention, settings


def change_days(days: Mapping[str, int | None], *, actor_id: int) -> None:
    """Only what differs is written."""
    for name, wanted in days.items():
        if retention.days_of(name) != wanted:
            settings.set_company(f"keep_{name}_days", wanted, actor_id=actor_id)


def change_legal_text(name: str, words: Mapping[str, str | None], *, actor_id: int) -> None:
    """By language; a language without words is not there."""
    written = {code: text for code, text in words.items() if text}
    if settings.company(f"legal_{name}") != written:
        settings.set_company(f"legal_{name}", written, actor_id=actor_id)
