"""The application factory, and the line of features."""

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import click
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from app import schedule
from app.core import audit, cleaning, installation, register
from app.core import commands as core_commands
from app.core.addresses import bind_addresses
from app.core.api.binding import bind_api
from app.core.assets import asset
from app.core.audit import commands as audit_commands
from app.core.database import bind_requests, listen
from app.core.effects import bind_effects
from app.core.errors import bind_errors
from app.core.headers import bind_fetch_check, bind_headers, file_headers
from app.core.jobs import bind_jobs
from app.core.keys import believed
from app.core.kinds import bind_kinds
from app.core.locales import bind_locales
from app.core.logs import bind_logs
from app.core.mail.server import SETTINGS as MAIL_SETTINGS
from app.core.navigation import bind_navigation
from app.core.page import Templates, bind_page
from app.core.personal import bind_register
from app.core.retention import Rule, bind_retention
from app.core.settings import bind_settings
from app.core.timer import bind_schedule
from app.extensions import csrf, db, login
from app.people.api.admission import admit_token
from app.people.models import Stranger
from app.people.queries import account_of
from app.people.queries.standing_in import lenders
from config import BOUNDS, LOOPBACK_NAMES, ROOT, Config, from_environment, is_loopback

# Lowest first: a feature may import the ones before it, never the ones after. The house test reads this line.
FEATURES = ("imports", "people", "results", "pulse", "voice", "impact", "demo", "privacy", "keeping", "home")


# What a feature may declare, a module of its own each; `create_app` collects it.
ROOMS = ("models", "views", "api", "commands", "imports", "jobs", "settings", "personal", "effects")


def create_app(config: Config | None = None) -> Flask:
    config = config or from_environment()
    app = Flask(__name__, instance_path=str(config.data))
    app.config.from_mapping(_settings(config))
    app.jinja_environment = Templates
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    bind_addresses(app)
    _bind_extensions(app, config)
    _bind_features(app)
    _serve_files(app, config)
    return app


def _settings(config: Config) -> dict[str, Any]:
    name = "__Host-rezonans" if config.is_https else "rezonans"
    newest, *still_believed = [key.hex() for key in believed("cookies", config)]
    return {
        "REZONANS": config,
        "SECRET_KEY": newest,
        "SECRET_KEY_FALLBACKS": still_believed,
        "WTF_CSRF_SECRET_KEY": [*reversed(still_believed), newest],  # the last one signs
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(config),
        "SESSION_COOKIE_NAME": name,
        "SESSION_COOKIE_SECURE": config.is_https,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,  # an hour would eat long forms
        "MAX_CONTENT_LENGTH": BOUNDS["body"],
        "UPLOADS": config.data / "uploads",
        "TRUSTED_HOSTS": _trusted_hosts(config),
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "app" / "translations"),
        "TESTING": config.testing,
    }


def _trusted_hosts(config: Config) -> list[str] | None:
    """The name people type; on a machine of one's own its own names, so that no other site can dress up as it."""
    if config.public_url:
        return [str(urlsplit(config.public_url).hostname)]
    return sorted(LOOPBACK_NAMES - {"::1"}) if is_loopback(config.host) else None


def _engine_options(config: Config) -> dict[str, Any]:
    """An error of the database is logged without the values that were on their way: they are people's words."""
    pool: dict[str, Any] = {}
    if not config.is_sqlite:
        pool = {"pool_size": 10}
    elif config.database_url.startswith("sqlite:///"):  # a file: its connections remember pages of it
        pool = {"pool_use_lifo": True}  # whoever comes next takes the one that was used last
    return {"hide_parameters": True, **pool}


def _bind_extensions(app: Flask, config: Config) -> None:
    db.init_app(app)
    _bind_migrations(app)
    csrf.init_app(app)
    login.init_app(app)
    login.session_protection = None  # it would believe any X-Forwarded-For
    login.login_view = "people.sign_in"
    login.refresh_view = "people.confirm_password"
    login.login_message = login.needs_refresh_message = None
    login.anonymous_user = Stranger
    login.user_loader(account_of)
    bind_locales(app)
    bind_logs(app)
    bind_requests(app)
    audit.bind_chain()
    audit.bind_lenders(app, lenders)
    bind_fetch_check(app)
    bind_headers(app, https=config.is_https)
    bind_errors(app)
    bind_page(app)
    bind_api(app, admit_token)
    app.jinja_env.globals["asset"] = asset
    with app.app_context():
        listen(db.engine)


def _bind_migrations(app: Flask) -> None:
    """For commands, and whoever has loaded Alembic already. A web server migrates nothing, and does without it."""
    if click.get_current_context(silent=True) or "flask_migrate" in sys.modules:
        from flask_migrate import Migrate  # noqa: PLC0415 - large

        Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True, compare_type=True)


def _bind_features(app: Flask) -> None:
    rooms = {room: _rooms(room) for room in ROOMS}
    for views in rooms["views"]:
        app.register_blueprint(views.bp)
    for api in rooms["api"]:
        app.register_blueprint(api.bp)
        csrf.exempt(api.bp)  # no cookie reaches it, so nobody's browser can be made to send one
    for command in _declared([*rooms["commands"], core_commands, audit_commands], "COMMANDS"):
        app.cli.add_command(command)
    bind_kinds(app, _declared(rooms["imports"], "KINDS"))
    bind_navigation(app, _declared(rooms["views"], "NAVIGATION"))
    bind_effects(app, _declared(rooms["effects"], "EFFECTS"))
    rules = _bind_personal(app, [register, *rooms["personal"]])
    told = [*installation.SETTINGS, *MAIL_SETTINGS, *_declared(rooms["settings"], "SETTINGS")]
    bind_settings(app, [*told, *(rule.setting for rule in rules)])
    jobs = [cleaning, audit_commands, *rooms["jobs"]]
    bind_jobs(app, _merged(jobs, "JOBS"), _merged(jobs, "GIVEN_UP"))
    bind_schedule(app, schedule.TABLE)


def _bind_personal(app: Flask, modules: list[ModuleType]) -> list[Rule]:
    """What each column is, and how long what is kept."""
    bind_register(db.metadata, [module.REGISTER for module in modules])
    rules: list[Rule] = _declared(modules, "RETENTION")
    bind_retention(app, rules)
    return rules


def _rooms(room: str) -> list[ModuleType]:
    names = [f"app.{feature}.{room}" for feature in FEATURES]
    return [import_module(name) for name in names if find_spec(name)]


def _declared(modules: list[ModuleType], name: str) -> list[Any]:
    return [item for module in modules for item in getattr(module, name, ())]


def _merged(modules: list[ModuleType], name: str) -> dict[str, Any]:
    return {key: value for module in modules for key, value in getattr(module, name, {}).items()}


def _serve_files(app: Flask, config: Config) -> None:
    """Hashed bundles are served compressed and kept for a year, before Flask is asked at all."""
    if config.proxy_hops:
        hops = config.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    built = Path(app.static_folder or "") / "dist"
    if built.is_dir():
        app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
            app.wsgi_app,
            root=built,
            prefix="static/dist/",
            max_age=31_536_000,
            allow_all_origins=False,
            add_headers_function=file_headers(https=config.is_https),
        )
