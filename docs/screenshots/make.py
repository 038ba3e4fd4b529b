# ruff: noqa: T201, S603 (a command prints, and starts our own program)
"""Takes pictures of the demo company, in folders of its own, through the real form of signing in.

    .venv/bin/python docs/screenshots/make.py                 the two pictures of the README, anew
    .venv/bin/python docs/screenshots/make.py --all FOLDER    every page that the cast reaches: 390 and 1440 px wide,
                                                              light and dark, in Polish (--language en or ru for others)

It needs what the tests need (`bin/test` installs it) and a Chromium on this machine.
"""

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright
from smaller import smaller

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LOCALES = {"en": "en-GB", "pl": "pl-PL", "ru": "ru-RU"}
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
WIDE, PHONE = (1440, 1000), (390, 844)
STARTING_SECONDS = 600  # on a machine that has nothing yet, packages come first
# Whose pages --all shoots. What one of them has shown the next ones leave out, but for the pages that differ by person.
CAST = ("ewa", "marek", "celina", "hanna", "adam")
DIFFER = {"/", "/impact/"}
# Pages to which no menu leads straight away.
BESIDE = {
    "": ("/sign-in",),
    "ewa": ("/impact/how-it-is-counted",),
    "hanna": ("/pulse/sets",),
    "adam": ("/imports/", "/imports/new", "/people/employees", "/admin/health", "/admin/demo-removal"),
}


@dataclass(frozen=True)
class Camera:
    browser: Browser
    address: str
    locale: str

    def open(self, person: str, theme: Theme = "light") -> Page:
        """A fresh browser, in which this person has signed in; '' stands for a stranger."""
        page = self.browser.new_context(locale=self.locale, color_scheme=theme, reduced_motion="reduce").new_page()
        if person:
            page.goto(f"{self.address}/sign-in")
            page.fill("input[name=email]", f"{person}@demo.example")
            page.fill("input[name=password]", "demo")
            page.press("input[name=password]", "Enter")
            page.wait_for_url(f"{self.address}/")
        return page

    def take(self, page: Page, path: str, size: tuple[int, int], file: Path, *, whole: bool = False) -> None:
        """What stands in a window of this size; `whole` makes the window as high as the page."""
        width, height = size
        page.set_viewport_size({"width": width, "height": height})
        answer = page.goto(self.address + path)
        if whole:
            height = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": width, "height": height})
        page.wait_for_load_state("networkidle")
        file.write_bytes(smaller(page, page.screenshot(animations="disabled")))
        print(f"  {file} ({file.stat().st_size // 1024} KiB): {path}, {answer.status if answer else 'no answer'}")

    def places_of(self, person: str) -> list[str]:
        """Where the menus lead this person, in their order, and the pages beside them."""
        page = self.open(person)
        page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        links = page.locator("header a[href^='/']").evaluate_all("all => all.map(link => link.getAttribute('href'))")
        page.context.close()
        return list(dict.fromkeys([*(urlsplit(link).path for link in links), *BESIDE.get(person, ())]))


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--all", type=Path, metavar="FOLDER", help="picture every page into this folder")
    wanted.add_argument("--language", choices=LOCALES, default="pl")
    asked = wanted.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium was found. Debian, Ubuntu: apt-get install chromium")
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        camera = Camera(browser, address, LOCALES[asked.language])
        if asked.all:
            picture_everything(camera, asked.all)
        else:
            picture_readme(camera)
        browser.close()


@contextmanager
def demo() -> Iterator[str]:
    """`bin/run demo` as anybody starts it, but in folders that go away, on a free port. Yields the address."""
    port = str(free_port())
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        own = {"REZONANS_DATA": f"{folder}/data", "REZONANS_KEYS": f"{folder}/keys", "HOST": "127.0.0.1", "PORT": port}
        kept = {name: value for name, value in os.environ.items() if name not in ("PUBLIC_URL", "DEMO_DATABASE_URL")}
        log = Path(folder, "log")
        print(f"Starting the demo company at {address} …")
        with log.open("w") as said:
            running = subprocess.Popen([ROOT / "bin/run", "demo"], env=kept | own, stdout=said, stderr=said)
        try:
            wait_until_ready(running, address, log)
            yield address
        finally:
            running.terminate()
            running.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(running: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    for _ in range(STARTING_SECONDS * 2):
        time.sleep(0.5)
        if running.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:  # noqa: S310 (our own address)
                if answer.status == 200:
                    return
        except OSError:
            continue
    sys.exit(f"The demo company did not start:\n{log.read_text()}")


def picture_readme(camera: Camera) -> None:
    """A manager's impact page on a wide screen, and an employee's first page on a phone."""
    camera.take(camera.open("marek"), "/impact/", WIDE, HERE / "impact.png")
    camera.take(camera.open("ewa"), "/", PHONE, HERE / "home.png")


def picture_everything(camera: Camera, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    seen: set[str] = set()
    for person in ("", *CAST):
        paths = [path for path in camera.places_of(person) if path in DIFFER or path not in seen]
        seen |= set(paths)
        for theme in THEMES:
            page = camera.open(person, theme)
            for path in paths:
                for size in (PHONE, WIDE):
                    file = folder / f"{file_stem(person, path)}-{size[0]}-{theme}.png"
                    camera.take(page, path, size, file, whole=True)
            page.context.close()


def file_stem(person: str, path: str) -> str:
    """marek-impact, adam-imports-new, ewa-home."""
    return f"{person or 'stranger'}-{re.sub(r'[^a-z0-9]+', '-', path).strip('-') or 'home'}"


if __name__ == "__main__":
    main()
