"""The pages of imports: the list, the file, its mapping, and the course from the dry run to the end."""

from flask import request
from flask_babel import lazy_gettext as _l

from app.core.navigation import Destination
from app.core.permissions import Permission
from app.imports.views import course, listing, mapping, progress, undoing, upload
from app.imports.views.blueprint import bp

__all__ = ["bp", "course", "listing", "mapping", "progress", "undoing", "upload"]


class ImportsDestination(Destination):
    """What files call units is decided here too, by people who know the units: a feature above."""

    @property
    def active(self) -> bool:
        return request.path.startswith("/imports/")


NAVIGATION = [ImportsDestination("imports.list_imports", _l("Imports"), "import", Permission.IMPORT_USE, rank=80)]
