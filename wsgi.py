"""What the web server starts: `gunicorn wsgi:app`, `flask --app wsgi …`."""

import sys

from app import create_app
from config import ConfigError

try:
    app = create_app()
except ConfigError as wrong:
    sys.exit(str(wrong))
