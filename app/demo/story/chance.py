"""The one source of chance: named, so that each part of the story has its own and none disturbs another."""

from random import Random


def chance(*names: str | int) -> Random:
    """Seeded by text, which Python turns into the same numbers on every machine and in every run."""
    return Random(":".join(str(name) for name in names))  # noqa: S311 (a story, not a secret)
