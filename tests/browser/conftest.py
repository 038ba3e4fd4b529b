"""Chromium, the demo company on a server of its own, and people who visit it."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.site import ROOT, Site, copy_of, prepare
from tests.browser.visitor import DESK, LOCALES, Visitor

HERE = Path(__file__).parent
# Parts of Chromium that no test looks at. Beside each window it loads pages of its own for what somebody may type into
# the address bar, and keeps a process in stock for a site that nobody asks for: the half of its time.
NOT_NEEDED = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess")
# Chromium hears only the last list, so what Playwright switches off in its own stands here again.
NOT_FOR_PLAYWRIGHT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch",
)  # fmt: skip
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    f"--disable-features={','.join(NOT_NEEDED + NOT_FOR_PLAYWRIGHT)}",
]
NO_CHROMIUM = (
    "There is no Chromium on this machine (Debian: apt-get install chromium), so nothing was seen in a browser."
)
NO_BUNDLES = (
    "The front end is not built: run `npm ci --ignore-scripts && npm run build`, or start the tests with bin/test."
)

Visit = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium")
    if found is None:
        (pytest.fail if os.environ.get("REZONANS_REQUIRE_ALL") else pytest.skip)(NO_CHROMIUM)
    with sync_playwright() as playwright:
        # The cache of whole pages is kept: what Back shows after signing out is one of the questions.
        browser = playwright.chromium.launch(
            executable_path=found, args=ARGUMENTS, ignore_default_args=["--disable-back-forward-cache"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def ready_code() -> None:
    if not (ROOT / "app/static/dist/manifest.json").exists():
        pytest.fail(NO_BUNDLES)
    catalogues = (ROOT / "app/translations").glob("*/LC_MESSAGES/messages.po")
    if any(not path.with_suffix(".mo").exists() for path in catalogues):
        compile_ = [sys.executable, "-m", "babel.messages.frontend", "-q", "compile", "-d", "app/translations"]
        subprocess.run(compile_, cwd=ROOT, check=True, capture_output=True)


@pytest.fixture(scope="session")
def prepared_demo(ready_code: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared_once(tmp_path_factory, "demo", "--demo")


@pytest.fixture(scope="session")
def prepared_empty(ready_code: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared_once(tmp_path_factory, "empty")


def prepared_once(folders: pytest.TempPathFactory, name: str, *arguments: str) -> Path:
    """Once, also where several processes test side by side; never started itself, only copied."""
    base = folders.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / name).exists():
            prepare(shared / f"{name}.draft", *arguments).rename(shared / name)
    return shared / name


@pytest.fixture(scope="session")
def demo(chromium: Browser, prepared_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo company, for all tests that only look, or change what belongs to one person's browser."""
    site = copy_of(prepared_demo, tmp_path_factory.mktemp("site")).start()
    yield site
    site.stop()


@pytest.fixture
def own_demo(chromium: Browser, prepared_demo: Path, tmp_path: Path) -> Iterator[Site]:
    """The demo company once more, for a test that changes it."""
    site = copy_of(prepared_demo, tmp_path / "site").start()
    yield site
    site.stop()


@pytest.fixture
def empty_place(chromium: Browser, prepared_empty: Path, tmp_path: Path) -> Iterator[Site]:
    """What bin/run starts on a new machine, worker and all."""
    site = copy_of(prepared_empty, tmp_path / "site").start(with_worker=True)
    yield site
    site.stop()


@pytest.fixture(scope="session")
def signed_in(chromium: Browser, demo: Site) -> Callable[[str], Any]:
    """The cookies of a person of the demo who has signed in; once for each, since a password takes its time."""
    kept: dict[str, Any] = {}

    def cookies_of(name: str) -> Any:
        if name not in kept:
            context = chromium.new_context()
            Visitor(context, demo.address).sign_in(name)
            kept[name] = context.storage_state()
            context.close()
        return kept[name]

    return cookies_of


@pytest.fixture
def visit(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """visit("ewa", size=PHONE, language="pl", theme="dark"): a new browser, signed in where a name is given.

    `site` is another place than the shared demo; there nobody is signed in. More goes to Playwright's context.
    Whatever the console says in the whole test fails it.
    """
    visitors: list[Visitor] = []

    def begin(
        name: str = "", *, site: Site | None = None, theme: str = "", language: str = "en", **more: Any
    ) -> Visitor:
        at = site or request.getfixturevalue("demo")
        state = request.getfixturevalue("signed_in")(name) if name else None
        more = {
            "viewport": more.pop("size", DESK),
            "locale": LOCALES.get(language, "en-GB"),
            "storage_state": state,
            **more,
        }
        context: BrowserContext = chromium.new_context(**more)
        chosen = {"lang": language, "theme": theme}
        context.add_cookies([{"name": n, "value": v, "url": at.address} for n, v in chosen.items() if v])
        visitors.append(Visitor(context, at.address))
        return visitors[-1]

    yield begin
    for visitor in visitors:
        visitor.context.close()
    for visitor in visitors:
        visitor.is_content()
