"""Files beyond the bound are refused before they fill anything: by the size that is declared, and by the real one."""

from collections.abc import Callable
from io import RawIOBase

import pytest

from config import BOUNDS, MIB
from tests.browser_check import Browser
from tests.cast import Cast
from tests.imports.bad_input.bringing import stored
from tests.imports.walk import newest

HEAD = (
    b'--b\r\nContent-Disposition: form-data; name="kind"\r\n\r\nfeedback\r\n'
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\n'
)
TWO_GIGABYTES = 2 * 1024**3


class Endless(RawIOBase):
    """A body that goes on for as long as somebody reads it."""

    def __init__(self) -> None:
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        start = HEAD if self.taken == 0 else b""
        buffer[:] = (start + b"a" * len(buffer))[: len(buffer)]
        self.taken += len(buffer)
        assert self.taken < TWO_GIGABYTES, "nobody stops reading"
        return len(buffer)


Sends = Callable[[], dict[str, object]]


def declared() -> dict[str, object]:
    return {"CONTENT_LENGTH": str(TWO_GIGABYTES)}


def chunked() -> dict[str, object]:
    return {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}


@pytest.mark.parametrize("sends", [declared, chunked])
def test_a_file_of_two_gigabytes_is_refused_before_it_fills_anything(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch, sends: Sends
) -> None:
    monkeypatch.setitem(BOUNDS, "import", MIB)
    body, files = Endless(), stored()
    answer = browser.sign_in(cast.celina).post(
        "/imports/new",
        content_type="multipart/form-data; boundary=b",
        environ_overrides={"wsgi.input": body, **sends()},
    )
    assert answer.status_code == 413
    assert (body.taken == 0) is (sends is declared)
    assert body.taken <= 4 * MIB
    assert stored() == files
    assert newest() is None
    assert "This file is too large" in answer.text
    assert "Nothing of it was taken." in answer.text
