"""What one does with imports; for other features: `import_file`, and `run_import_command` behind their commands."""

from app.imports.actions.whole_file import ImportCommand, Wish, import_file, run_import_command

__all__ = ["ImportCommand", "Wish", "import_file", "run_import_command"]
