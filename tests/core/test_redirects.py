import pytest
from flask import Flask

from app.core.redirects import path_of, safe_next


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "\\/evil.example",
        "https://evil.example",
        "https:evil.example",
        "http:///evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "evil.example",
        "sign-in",
        "",
        None,
        "/\t/evil.example",
        "/\n/evil.example",
        "/sign-in\r\nSet-Cookie: x=1",
        "/sign-in\\..\\x",
        "/\x00",
        "/there/is/no/such/page",
        "/sign-out",
        "/%2F%2Fevil.example",
        "/[",
        "//[::1",
    ],
)
def test_elsewhere_is_never_followed(app: Flask, target: str | None) -> None:
    with app.app_context():
        assert safe_next(target, "/") == "/"


@pytest.mark.parametrize("target", ["/sign-in", "/sign-in?next=x", "/settings", "/settings/", "/settings/?q=ł#top"])
def test_pages_of_this_house_are(app: Flask, target: str) -> None:
    with app.app_context():
        assert safe_next(target, "/nowhere") == target


def test_the_page_a_form_was_on_counts_only_on_this_host() -> None:
    assert path_of("http://localhost:8000/people?q=a", "localhost:8000") == "/people?q=a"
    assert path_of("http://evil.example/people", "localhost:8000") == ""
    assert path_of("http://[", "localhost") == ""
