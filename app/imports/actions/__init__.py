"""What one does with imports; for other features: `import_file`, and `run_import_command` behind their commands."""

from app.imports.actions.said import Said, said_options
from app.imports.actions.whole_file import ImportCommand, Wish, import_file, run_import_command

__all__ = ["ImportCommand", "Said", "Wish", "import_file", "run_import_command", "said_options"]
