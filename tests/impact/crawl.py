"""Somebody who is signed in and opens everything that links, forms and menus lead to."""

import itertools
import math
import re
from collections.abc import Iterator, Mapping
from html import unescape
from html.parser import HTMLParser
from random import Random
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from werkzeug.test import TestResponse

from tests.browser_check import Browser

# Only long runs read the directory too, customers' words, the pages of oneself, and curves of unusual lengths.
LEFT_OUT = re.compile(r"^/(static|people|settings|voice|admin|imports/(new|templates))|[?&]quarters=(4|12)\b|/mapping")
MOST_CHOICES, FEW = 500, 6
Crawled = dict[str, TestResponse]


class Found(HTMLParser):
    """Where a page leads: its links, and the choices of its forms."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self._choices: list[str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form" and given.get("method", "get") == "get":
            self.forms.append((given.get("action", ""), {}))
        elif tag == "select" and self.forms:
            self._choices = self.forms[-1][1].setdefault(given.get("name", ""), [])
        elif tag == "option" and self._choices is not None:
            self._choices.append(given.get("value", ""))


def crawl(browser: Browser, chance: Random, *, most: int, is_whole: bool = False) -> Crawled:
    """Every page once, in the order in which they are found; of a form's many choices a sample, if it is not whole."""
    browser.most_queries = 60
    crawled: Crawled = {}
    waiting = ["/"]
    while waiting and len(crawled) < most:
        address = waiting.pop(0)
        if address in crawled:
            continue
        answer = browser.get(address)
        crawled[address] = answer
        if answer.location:
            waiting.insert(0, answer.location)
        elif answer.mimetype == "text/html":
            ways = _ways(address, Found(answer.text), chance, is_whole)
            waiting += [way for way in ways if is_whole or not LEFT_OUT.search(way)]
    return crawled


def _ways(address: str, found: Found, chance: Random, is_whole: bool) -> Iterator[str]:
    for link in found.links:
        way = urlsplit(urljoin(f"http://localhost{address}", unescape(link)))
        if way.netloc == "localhost":
            yield f"{way.path}?{way.query}" if way.query else way.path
    for action, selects in found.forms:
        if not selects:
            continue
        for chosen in _chosen(list(selects.values()), chance, is_whole):
            asked = [(name, value) for name, value in zip(selects, chosen, strict=True) if value]
            yield f"{urlsplit(action).path}?{urlencode(asked)}"


def _chosen(offered: list[list[str]], chance: Random, is_whole: bool) -> list[tuple[str, ...]]:
    """Of a form with more choices than anybody could make, such as that of columns, a few at random."""
    if math.prod(map(len, offered)) > MOST_CHOICES:
        return [tuple(map(chance.choice, offered)) for _ in range(FEW)]
    choices = list(itertools.product(*offered))
    return choices if is_whole else chance.sample(choices, min(len(choices), FEW))


def asked_for(address: str) -> Mapping[str, str]:
    return dict(parse_qsl(urlsplit(address).query))
