"""The kind `things` of the engine's tests, for programs too."""

from tests.imports.conftest import things

__all__ = ["things"]
