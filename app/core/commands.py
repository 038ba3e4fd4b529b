"""What an operator types about the house itself."""

from typing import Any

COMMANDS: list[Any] = []
