"""Settings of the demo: whether its loading came to its end."""

from flask_babel import lazy_gettext as _l

from app.core.settings import Setting

SETTINGS = [Setting("demo_loaded", _l("The demo is complete"), False)]
