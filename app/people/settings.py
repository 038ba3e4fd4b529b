"""Settings of this feature."""

from flask_babel import lazy_gettext as _l

from app.core.settings import Setting

# Who may be tried in the demo company, as the sign-in page lists them: [{"email": …, "note": {"en": …, "pl": …}}].
# The demo writes it; nobody else can sign in there without a password of their own.
SETTINGS = [Setting("demo_people", _l("Who may be tried in the demo"), [])]
