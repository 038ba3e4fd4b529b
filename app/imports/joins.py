"""What the columns of one file say about each other: parts of a name are joined, and an NPS is no answer."""

from collections.abc import Mapping, Sequence

from app.imports.words import ideas, tokens

PARTS = ("given", "middle", "family")
BANDS = {"promoters", "passives", "detractors"}
NET = {"nps", "enps", "net"}


def joined_name(headers: Sequence[str], chosen: Mapping[str, int]) -> tuple[str, ...]:
    """The headers of first and last name, where the name stands in several columns; else nothing.

    As a person says them; a file that also has a patronymic keeps its own order.
    """
    parts = {
        part: header for index, header in enumerate(headers) if (part := _part(header)) and _is_free(index, chosen)
    }
    if "name" not in chosen or _part(headers[chosen["name"]]) is None or not {"given", "family"} <= parts.keys():
        return ()
    if "middle" in parts:
        return tuple(header for header in headers if header in parts.values())
    return parts["given"], parts["family"]


def without_rivals(headers: Sequence[str], chosen: dict[str, int]) -> dict[str, int]:
    """In a row that counts promoters and detractors the NPS is computed from them, and is nobody's answer."""
    if "score" not in chosen or len(BANDS & chosen.keys()) < 2 or not NET & set(tokens(headers[chosen["score"]])):
        return chosen
    return {ours: index for ours, index in chosen.items() if ours != "score"}


def named_for_code(chosen: dict[str, int]) -> dict[str, int]:
    """A file that has no code for its units has a name in its place."""
    if "unit_code" in chosen or "unit_name" not in chosen:
        return chosen
    return {("unit_code" if ours == "unit_name" else ours): index for ours, index in chosen.items()}


def _part(header: str) -> str | None:
    """Given, middle or family name, if the header says just one of them."""
    found = ideas(header)[0]
    said = [part for part in PARTS if part in found]
    return said[0] if len(said) == 1 and found <= {*PARTS, "name", "employee"} else None


def _is_free(index: int, chosen: Mapping[str, int]) -> bool:
    return index not in chosen.values() or chosen.get("name") == index
