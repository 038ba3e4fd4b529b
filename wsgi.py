"""What the web server starts: `gunicorn wsgi:app`, `flask --app wsgi …`."""

import gc
import sys

gc.disable()  # while all is loaded nothing becomes rubbish: looking for it is a tenth of the time to the first page

from app import create_app  # noqa: E402
from config import ConfigError  # noqa: E402

try:
    app = create_app()
except ConfigError as wrong:
    sys.exit(str(wrong))

# A page makes some thousand objects that go when nobody holds them any more. Those that hold each other are few.
gc.set_threshold(7_000, 10, 10)
gc.freeze()  # what is loaded by now stays: the collector passes over it, and forked workers go on sharing it
gc.enable()
