"""Names in the order of the alphabet, on both databases alike."""

import unicodedata


def alphabetical(name: str) -> tuple[str, str]:
    """Ł stands after L and Ó after O, not after Z: good enough for all three languages without their collations."""
    letters = unicodedata.normalize("NFD", name.casefold().replace("ł", "l\u0335"))
    return "".join(each for each in letters if not unicodedata.combining(each)), letters
