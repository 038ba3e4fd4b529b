"""What an offer of the API says of itself: read by the check of its calls, and by the document."""

from dataclasses import dataclass

from app.core.permissions import Permission, View

OFFER = "__offer__"  # where a route keeps it


@dataclass(frozen=True)
class Offer:
    """By whose right a route is called, what it takes and what it answers; shapes by their names."""

    view: View
    permission: Permission
    answer: str  # '' where there is nothing to tell
    query: str = "Nothing"
    body: str = ""
    files: tuple[str, ...] = ()  # types of a file that is itself the body
    answers: tuple[int, ...] = (200,)

    @property
    def takes_body(self) -> bool:
        return bool(self.body or self.files)
