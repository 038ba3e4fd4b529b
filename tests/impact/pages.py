"""Reading a page as a person does: its words, without tags."""

import csv
import io
import re
from html import unescape

from python_calamine import CalamineWorkbook
from werkzeug.test import TestResponse


def words_of(response: TestResponse) -> str:
    text = re.sub(r"<script.*?</script>", " ", response.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def csv_rows(response: TestResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.get_data(as_text=True).removeprefix("\ufeff"))))


def xlsx_rows(response: TestResponse) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(response.data)).get_sheet_by_index(0).to_python()
