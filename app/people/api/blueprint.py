from flask import Blueprint

from app.core.api.place import PREFIX

bp = Blueprint("people_api", __name__, url_prefix=PREFIX)
