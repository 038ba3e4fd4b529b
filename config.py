"""Configuration from the environment: typed, complete, and refused with a sentence when wrong."""

import ipaddress
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1", "[::1]"})
LANGUAGES = ("en", "pl", "ru")
KIB, MIB = 1024, 1024 * 1024
SECRET_KEY, RENEWED_KEYS, ERASURE_KEYS = "secret_key", "renewed_keys", "erasure_keys"  # files in the folder of keys

# One literal table of bounds (security.md J): what a request may bring, what a page may hold.
BOUNDS = {
    "body": 1 * MIB,
    "import": 512 * MIB,
    "page": 100,
    "batch": 1000,
    "query": 200,
    "comment": 5000,
    "statement_seconds": 10,
    "api_calls": 600,  # a minute, by each token
    "pdf_pages": 200,
}


class ConfigError(Exception):
    """Something in the environment is wrong; the message says what, and what to write instead."""


@dataclass(frozen=True)
class Config:
    database_url: str
    data: Path
    keys: Path
    secret_key: str
    old_keys: tuple[str, ...] = field(default=(), repr=False)  # before `secret_key`, and still believed; newest first
    erasure_keys: tuple[str, ...] = field(default=(), repr=False)  # of keys that have ended: see `core/keys.py`
    public_url: str = ""
    proxy_hops: int = 0
    redis_url: str = ""
    insecure_http: bool = False
    host: str = "127.0.0.1"
    port: int = 8000
    backups: Path | None = None  # None: a folder beside the data
    backups_kept: tuple[int, int, int] = (7, 4, 12)
    is_demo_place: bool = False  # `bin/run demo` started it, in folders that a plain `bin/run` never opens
    testing: bool = False

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def is_database_named(self) -> bool:
        """It is another than the file in the data folder."""
        return self.database_url != _database_url("", self.data)


def from_environment(environ: Mapping[str, str] = os.environ) -> Config:
    data = Path(environ.get("REZONANS_DATA") or ROOT / "instance").absolute()
    keys = Path(environ.get("REZONANS_KEYS") or ROOT / "instance-keys").absolute()
    newest, *old = dict.fromkeys([*_lines(keys / RENEWED_KEYS), _secret_key(keys / SECRET_KEY)])
    config = Config(
        database_url=_database_url(environ.get("DATABASE_URL", ""), data),
        data=data,
        keys=keys,
        secret_key=newest,
        old_keys=tuple(old),
        erasure_keys=_lines(keys / ERASURE_KEYS),
        public_url=_public_url(environ.get("PUBLIC_URL", "")),
        proxy_hops=_whole_number(environ, "PROXY_HOPS"),
        redis_url=_redis_url(environ.get("REDIS_URL", "")),
        insecure_http=_switch(environ, "INSECURE_HTTP"),
        host=environ.get("HOST") or "127.0.0.1",
        port=_whole_number(environ, "PORT") or 8000,
        backups=Path(environ["BACKUPS"]).absolute() if environ.get("BACKUPS") else None,
        backups_kept=_backups_kept(environ.get("BACKUPS_KEPT", "")),
        is_demo_place=_switch(environ, "REZONANS_DEMO"),
    )
    _refuse_open_http(config)
    return config


def _database_url(url: str, data: Path) -> str:
    if not url:
        return f"sqlite:///{data / 'rezonans.sqlite'}"
    if url.startswith("postgresql://"):
        return url.replace("postgresql://", "postgresql+psycopg://", 1)
    if url.startswith(("sqlite:///", "postgresql+psycopg://")):
        return url
    raise ConfigError(
        "DATABASE_URL names a database that Rezonans does not speak. "
        "Write sqlite:///path/to/file.sqlite or postgresql+psycopg://host/name, or leave it out for SQLite."
    )


def _redis_url(url: str) -> str:
    if url and not url.startswith(("redis://", "rediss://", "unix://")):
        raise ConfigError("REDIS_URL must be like redis://localhost:6379/0; leave it out to queue work in a file.")
    return url


def _secret_key(path: Path) -> str:
    """Born random in `bin/run`, never in the code, never readable by others."""
    if not path.exists():
        raise ConfigError(f"The key {path} is missing. Start with bin/run, which writes one.")
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ConfigError(f"The key {path} can be read by others. Run: chmod 600 {path}")
    key = path.read_text().strip()
    if len(key) < 43:
        raise ConfigError(f"The key {path} is too short: 32 random bytes are needed. Remove it and start bin/run.")
    return key


def _lines(path: Path) -> tuple[str, ...]:
    if not path.exists():
        return ()
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ConfigError(f"The keys {path} can be read by others. Run: chmod 600 {path}")
    return tuple(path.read_text().split())


def _public_url(url: str) -> str:
    if not url:
        return ""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise ConfigError("PUBLIC_URL must be the address people type, such as https://intranet.example.org")
    return url.rstrip("/")


def _backups_kept(text: str) -> tuple[int, int, int]:
    """Days, weeks, months."""
    if not text:
        return Config.backups_kept
    numbers = text.replace(",", " ").split()
    if len(numbers) != 3 or not all(each.isdecimal() and len(each) < 4 for each in numbers) or not int(numbers[0]):
        raise ConfigError(f"BACKUPS_KEPT must be three numbers, of days, weeks and months, like 7,4,12, not “{text}”.")
    days, weeks, months = map(int, numbers)
    return days, weeks, months


def _whole_number(environ: Mapping[str, str], name: str) -> int:
    text = environ.get(name) or "0"
    if not text.isdecimal():
        raise ConfigError(f"{name} must be a whole number, not “{text}”.")
    return int(text)


def _switch(environ: Mapping[str, str], name: str) -> bool:
    """Somebody who writes `false` means no, and must not be taken for yes."""
    text = environ.get(name) or "0"
    if text not in ("0", "1"):
        raise ConfigError(f"{name} must be 1 (yes) or 0 (no), not “{text}”.")
    return text == "1"


def _refuse_open_http(config: Config) -> None:
    if is_loopback(config.host) or config.is_https or config.insecure_http:
        return
    raise ConfigError(
        f"HOST={config.host} opens Rezonans to the network without encryption. "
        "Give PUBLIC_URL=https://… (a proxy in front), or INSECURE_HTTP=1 if you accept the risk."
    )


def is_loopback(host: str) -> bool:
    if host in LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
