"""The pages of `privacy`, one module a kind."""

from app.privacy.views.blueprint import bp

__all__ = ["bp"]
