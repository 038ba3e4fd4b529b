"""The pages of imports: the list, the file, its mapping, and the course from the dry run to the end."""

from flask_babel import lazy_gettext as _l

from app.core.navigation import Place
from app.core.permissions import Permission
from app.imports.views import course, listing, mapping, progress, undoing, upload
from app.imports.views.blueprint import bp

__all__ = ["bp", "course", "listing", "mapping", "progress", "undoing", "upload"]

NAVIGATION = [Place("imports.list_imports", _l("Imports"), "import", Permission.IMPORT_USE, rank=80)]
