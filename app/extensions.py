"""The extensions: made here, bound to the application in `create_app`."""

import sqlalchemy as sa
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from sqlalchemy.orm import DeclarativeBase, registry

from app.core.addresses import Database
from app.core.catalogues import Languages
from app.core.types import TYPES

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every model derives from (a plain class, so that the type checker sees through it)."""

    registry = registry(metadata=sa.MetaData(naming_convention=NAMES), type_annotation_map=TYPES)


db = Database(model_class=Base, disable_autonaming=True)
login = LoginManager()
csrf = CSRFProtect()
babel = Languages()
