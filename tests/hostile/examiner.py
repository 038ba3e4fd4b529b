"""Looks at an answer for anything that hostile words have become, other than words."""

import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser

from tests.hostile.corpus import MARKER

# Where words may stand. All else (names of elements and attributes, id, class, style, srcdoc, src) is ours alone.
FOR_WORDS = {"value", "title", "alt", "aria-label", "placeholder"}
FOR_ADDRESSES = {"href", "action", "formaction", "src", "xlink:href", "hx-get", "hx-post"}
OURS = re.compile(r"(/(?!/)|\?|#|https?://localhost/)[!-;=?-~]*|mailto:[A-Za-z0-9%@._~/-]*")
RUNS = re.compile(r"(javascript|vbscript|data):", re.IGNORECASE)
EVALUATED = re.compile(r"(?<!\d)49(?=zq)")


class Examiner(HTMLParser):
    """`faults` are the places where words became something else; `text` and `values` are what a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.text = self.values = ""
        self.addresses: list[tuple[str, str]] = []
        self._script: dict[str, str | None] | None = None
        self._script_text = ""
        self.feed(html)
        self.close()
        if self._script is not None:
            self.faults.append("a script that never ends")
        if EVALUATED.search(self.text):
            self.faults.append("a template was evaluated")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if MARKER.search(tag):
            self.faults.append(f"an element <{tag}>")
        for name, value in attrs:
            self._look_at(tag, name, value or "")
        if tag == "script":
            self._script, self._script_text = dict(attrs), ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._script = None

    def _look_at(self, tag: str, name: str, value: str) -> None:
        self.values += f" {value}" if name in FOR_WORDS else ""
        if name in FOR_ADDRESSES or (name == "value" and value.startswith("http")):
            self.addresses.append((name, value))
        where = f"{name}={value[:120]!r} of <{tag}>"
        if MARKER.search(name) or name.startswith("on") or name == "srcdoc":
            self.faults.append(f"an attribute: {where}")
        if name in FOR_ADDRESSES:
            is_picture = (tag, name) == ("img", "src") and value.startswith("data:image/")  # where nothing ever runs
            if not is_picture and RUNS.match(re.sub(r"[\x00-\x20]", "", value)):
                self.faults.append(f"an address that runs: {where}")
            elif MARKER.search(value) and not OURS.fullmatch(value):
                self.faults.append(f"an address that leads elsewhere, or is not encoded: {where}")
        elif MARKER.search(value) and name not in FOR_WORDS and not name.startswith("data-"):
            self.faults.append(f"words where none belong: {where}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            self._look_at_script(self._script)
            self._script = None

    def _look_at_script(self, attrs: Mapping[str, str | None]) -> None:
        text = self._script_text
        if attrs.get("type") == "application/json":
            if "</" in text or "<!--" in text:
                self.faults.append("JSON that could end its own script")
            self.text += f"\n{json.dumps(json.loads(text), ensure_ascii=False)}"
        elif text.strip():
            self.faults.append(f"a script in the page: {text[:120]!r}")

    def handle_data(self, text: str) -> None:
        if self._script is not None:
            self._script_text += text
        else:
            self.text += text

    def handle_comment(self, text: str) -> None:
        if MARKER.search(text):
            self.faults.append(f"a comment: {text[:120]!r}")

    def handle_decl(self, text: str) -> None:
        if text.casefold() != "doctype html":
            self.faults.append(f"a declaration: {text[:120]!r}")

    def unknown_decl(self, text: str) -> None:
        self.handle_decl(text)

    def handle_pi(self, text: str) -> None:
        self.handle_decl(text)


def faults_of_headers(headers: Mapping[str, str]) -> list[str]:
    """One line each, in plain letters: words may only stand there encoded."""
    broken = {name: value for name, value in headers.items() if re.search(r"[^\x20-\x7e]", value)}
    leading = {name: headers[name] for name in ("Location", "HX-Redirect") if name in headers}
    faults = [f"{name} is broken: {value[:120]!r}" for name, value in broken.items()]
    return faults + [
        f"{name} leads elsewhere: {value[:120]!r}" for name, value in leading.items() if not OURS.fullmatch(value)
    ]
