"""A workbook with a sheet of any name, which no library would write; and what a workbook of ours holds."""

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from tests.imports.workbooks import CONTENT_TYPES, MAIN, OFFICE, PACKAGE, write_zip

SHEET = (
    f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">'
    '<c r="A1" t="inlineStr"><is><t>code</t></is></c><c r="B1" t="inlineStr"><is><t>name</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>A</t></is></c><c r="B2" t="inlineStr"><is><t>B</t></is></c></row>'
    "</sheetData></worksheet>"
)


def workbook(path: Path, names: Sequence[str]) -> Path:
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="r{at}"/>' for at, name in zip(numbers, names, strict=True)
    )
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations([("worksheet", f"worksheets/sheet{at}.xml") for at in numbers]),
        **{f"xl/worksheets/sheet{at}.xml": SHEET for at in numbers},
    }
    return write_zip(path, parts)


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    rows = (
        f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{"".join(rows)}</Relationships>'


def elements_of(content: bytes) -> set[str]:
    """The names of all elements in all parts of a workbook, without their namespaces."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    return {re.sub(r"\{.*\}", "", each.tag) for part in parts for each in ElementTree.fromstring(part).iter()}
