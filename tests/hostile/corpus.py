"""Words that would become script, markup, a template or a formula wherever they are not taken as mere words.

Each item holds a marker of its own, which names the door it came in by: `zqnameé07` is the seventh item among the names
of units. Where a marker turns up, and as what, is what the tests look at. Its é stands in no token and in no address
that is well written.
"""

import os
import re
from random import Random

IS_WHOLE = bool(os.environ.get("REZONANS_LONG"))
SEED, MANY, FEW = 20261122, 12, 5

MARK, LONG = "MARK", "LONG"
MARKER = re.compile(r"[Zz]q[a-z]+é\d\d")

MARKUP = (
    "<script>alert('MARK')</script>",
    "</script><script MARK>alert(1)</script>",
    '"><img src=x onerror=alert(1) MARK>',
    "'><svg onload=alert(1) MARK>",
    "' onmouseover='alert(1)' MARK='",
    '" autofocus onfocus="alert(1)" MARK="',
    "x onfocus=alert(1) autofocus MARK",
    "</title></textarea></style><MARK>",
    "--><MARK><!--",
    "]]><MARK>",
    "<MARK",
    "&lt;img src=x onerror=alert(1) MARK&gt;",
    "&quot; onclick=alert(1) MARK=&quot;",
    "\\u003cscript MARK\\u003e",
    "<iframe srcdoc='<script>alert(1)</script>' MARK>",
)
ADDRESSES = (
    "javascript:alert('MARK')",
    "JaVaScRiPt&colon;alert('MARK')",
    "data:text/html,<script>alert('MARK')</script>",
    "//evil.example/MARK",
    "https://evil.example/MARK",
    "internal:Sheet1!A1 MARK",
)
TEMPLATES = (
    "{{7*7}}MARK",
    "${7*7}MARK",
    "#{7*7}MARK",
    "{% raw %}MARK",
    "{a|MARK}",
    "%s %(x)s %n MARK 100%",
    "{0.__class__}{MARK}",
)
LETTERS = (
    "MARK\u2028alert(1)\u2029x",
    "MARK \u202egpj.exe",
    "MARK\r\nSet-Cookie: a=b",
    "MARK\\' \\\" \\",
    "LONGMARK",
)
FORMULAS = (
    "=cmd|' /C calc'!A0 MARK",
    "@SUM(1) MARK",
    "+1+1 MARK",
    "-2+3 MARK",
    "\t=1 MARK",
    "'=1 MARK",
    "''=1 MARK",
    "{=1+1 & MARK}",
    '=HYPERLINK("http://evil.example","MARK")',
    # A library of spreadsheets takes what begins and ends so for its own finished markup.
    "<r><t>MARK</t></r></si><si><r><t>forged</t></r>",
    "<r><t>MARK</t></r></is></c><c r='K9' t='str'><f>1+1</f><v>2</v></c><c r='L9' t='inlineStr'><is><r></r>",
)
HOSTILE = MARKUP + ADDRESSES + TEMPLATES + LETTERS + FORMULAS


def words(door: str, longest: int = 200) -> list[str]:
    """The corpus with the markers of that door; without what would be too long for it to be taken at all.

    Each door gets a sample of its own, so that together they get all of it; with REZONANS_LONG each gets the whole.
    """
    marked = (item.replace(MARK, f"zq{door}é{number:02}") for number, item in enumerate(HOSTILE))
    filled = (item.replace(LONG, "W" * (longest - len(item))) for item in marked)
    taken = [item for item in filled if len(item) <= longest]
    if IS_WHOLE or len(taken) <= MANY:
        return taken
    chosen = sorted(Random(f"{SEED} {door}").sample(range(len(taken)), MANY))
    return [taken[at] for at in chosen]


def some(door: str, longest: int = 200) -> list[str]:
    """A smaller sample, and with REZONANS_LONG all of them: where each needs requests of its own."""
    items = words(door, longest)
    return items if IS_WHOLE else Random(f"{SEED} {door} few").sample(items, FEW)


def as_kept(item: str) -> str:
    """What is left of an item that came in a cell and is shown as words: blanks are one blank, one quote is gone."""
    folded = " ".join(item.split())
    return folded[1:] if re.match(r"'[=+\-@]", folded) else folded
