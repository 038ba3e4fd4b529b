"""A person at a real browser, who notices whatever the page complains of."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
LOCALES = {"en": "en-GB", "pl": "pl-PL", "ru": "ru-RU"}
EXPECTED = "Failed to load resource"  # the browser's own line about an answer of 4xx, which the test asks for itself

TOO_WIDE = """() => {
  const limit = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= limit) return [];
  const all = [...document.body.querySelectorAll("*")];
  const wide = all.filter((each) => each.getBoundingClientRect().right > limit + 0.5);
  return [`the page is ${document.documentElement.scrollWidth} px wide, the window ${limit}`,
    ...wide.slice(-3).map((each) => each.outerHTML.slice(0, 160))];
}"""


@dataclass
class Visitor:
    context: BrowserContext
    address: str
    page: Page = field(init=False)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self._complain(f"script error: {error}"))
        self.page.on("response", self._on_response)

    def open(self, path: str) -> Response:
        response = self.page.goto(self.address + path, wait_until="load")
        assert response is not None
        return response

    def sign_in(self, name: str, password: str = "demo") -> "Visitor":
        """By keyboard and mouse, as everybody. `name` is one of the demo's people, or a whole address."""
        self.open("/sign-in")
        self.page.locator("#email").fill(name if "@" in name else f"{name}@demo.example")
        self.page.locator("#password").fill(password)
        self.page.locator("#password").press("Enter")
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        return self

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address)

    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def words(self) -> str:
        return self.page.locator("main").inner_text()

    def press(self, name: str) -> None:
        """The button or link of that name, in the page itself."""
        main = self.page.locator("main")
        main.get_by_role("button", name=name, exact=True).or_(main.get_by_role("link", name=name, exact=True)).click()

    def too_wide(self) -> list[str]:
        found: list[str] = self.page.evaluate(TOO_WIDE)
        return found

    def barriers(self) -> list[str]:
        """What axe-core finds, each with the elements it found it at."""
        violations = Axe().run(self.page, options={"resultTypes": ["violations"]}).response["violations"]
        return [
            f"{each['id']} ({each['impact']}): {node['html'][:160]} {_reason(node)}"
            for each in violations
            for node in each["nodes"][:4]
        ]

    @contextmanager
    def at_width(self, size: dict[str, int]) -> Iterator[None]:
        usual = self.page.viewport_size
        self.page.set_viewport_size(size)  # type: ignore[arg-type]
        yield
        self.page.set_viewport_size(usual)  # type: ignore[arg-type]

    def is_content(self) -> None:
        """Nothing was complained of since the beginning."""
        assert not self.faults, "\n".join(self.faults)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(EXPECTED):
            self._complain(f"console {message.type}: {message.text}")

    def _on_response(self, response: Response) -> None:
        limit = 500 if response.request.resource_type in ("document", "fetch", "xhr") else 400
        if response.status >= limit:
            self._complain(f"{response.status} for {response.url}")

    def _complain(self, words: str) -> None:
        self.faults.append(f"{self.path}: {words}")


def _reason(node: dict[str, object]) -> str:
    return str(node.get("failureSummary", "")).replace("\n", " ")[:240]
