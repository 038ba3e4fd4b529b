"""The eyes themselves: what they are to complain of, they see."""

from tests.browser.conftest import Visit
from tests.browser.visitor import PHONE

INLINE_STYLE = "() => { document.querySelector('h1').setAttribute('style', 'color: red'); }"
NO_LABEL = "() => { document.querySelector('main').append(document.createElement('textarea')); }"
WIDE = "() => { const h1 = document.querySelector('h1'); h1.className = 'number'; h1.textContent = 'x'.repeat(500); }"


def test_faults_are_seen(visit: Visit) -> None:
    ewa = visit("ewa", size=PHONE)
    ewa.open("/people/units")
    assert (ewa.faults, ewa.barriers(), ewa.too_wide()) == ([], [], [])
    ewa.page.evaluate(NO_LABEL)
    assert "label" in ewa.barriers()[0]
    ewa.page.evaluate(WIDE)
    assert ewa.too_wide()
    ewa.page.evaluate(INLINE_STYLE)
    ewa.page.evaluate("() => fetch('http://127.0.0.1:9/elsewhere').catch(() => null)")
    assert any("Content Security Policy" in fault for fault in ewa.faults)
    ewa.faults.clear()
