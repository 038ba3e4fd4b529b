"""Plain words of people as a page shows them: escaped, in paragraphs, with their links (security.md C5)."""

import re

from markupsafe import Markup, escape

LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
BULLET = ("- ", "* ", "• ")


def paragraphs(text: str) -> Markup:
    """Empty lines part paragraphs; lines that begin with a dash are a list; addresses become links."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return Markup("\n").join(_block(block) for block in blocks if block.strip())


def _block(block: str) -> Markup:
    lines = [line.strip() for line in block.splitlines()]
    if all(line.startswith(BULLET) for line in lines):
        items = Markup("").join(Markup("<li>{}</li>").format(_linked(line[2:])) for line in lines)
        return Markup("<ul>{}</ul>").format(items)
    return Markup("<p>{}</p>").format(Markup("<br>").join(_linked(line) for line in lines))


def _linked(line: str) -> Markup:
    parts, end = [], 0
    for found in LINK.finditer(line):
        shown = found.group().removeprefix("mailto:")
        parts += [escape(line[end : found.start()])]
        parts += [Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(found.group(), shown)]
        end = found.end()
    return Markup("").join([*parts, escape(line[end:])])
