"""The pages of `privacy`, one module a kind."""

from app.privacy.views import erasure, legal, record, retention
from app.privacy.views.blueprint import bp

__all__ = ["bp", "erasure", "legal", "record", "retention"]
