"""Keys, kept elsewhere than backups: who holds both can read what is sealed."""

import os
import tarfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from flask import current_app
from flask_babel import lazy_gettext as _l

from app.core import audit, keys, mail
from app.core.errors import Refused
from app.keeping.places import backups_folder, making, settled
from app.keeping.queries.old_keys import ROTATED, hanging
from app.people.actions.sealing_anew import seal_seeds_anew
from app.privacy.actions.finishing import seal_words_anew
from config import Config


def export_keys(to: Path) -> int:
    """All that lies in the folder of keys, for its owner alone. Returns how many files."""
    config: Config = current_app.config["REZONANS"]
    if to.exists():
        raise Refused(_l("There is a file of that name already. Nothing was written; choose another name."))
    if any(folder in to.resolve().parents for folder in (config.data.resolve(), backups_folder().resolve())):
        raise Refused(
            _l("There the keys would lie beside what they protect. Nothing was written; choose another place.")
        )
    if not to.parent.is_dir():
        raise Refused(_l("There is no such folder. Nothing was written; make it first."))
    there = sorted(path for path in config.keys.iterdir() if path.is_file() and not path.name.startswith("."))
    with making(to.parent) as folder:
        draft = folder / "keys"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w") as archive:
            for path in there:
                archive.add(path, path.name)
        settled(draft, to)
    return len(there)


def rotate_keys() -> None:
    config: Config = current_app.config["REZONANS"]
    keys.rotate(config)
    audit.record(ROTATED, "keys", None, actor_id=None)


def seal_anew() -> Iterator[None]:
    """What older keys sealed, with the newest. Each yield is a place to commit; killed anywhere, it is begun again."""
    mail.seal_password_anew()
    seal_words_anew()
    yield from seal_seeds_anew()


def end_old_keys(now: datetime, *, at_once: bool) -> None:
    """After `seal_anew`. `at_once`: a key was stolen, so slips and sign-ins that hang on it shall open nothing more."""
    config: Config = current_app.config["REZONANS"]
    left = hanging(now)
    if left.sealed or (left.outside and not at_once):
        raise Refused(
            _l(
                "Still hanging on the old keys: %(what)s. Nothing was ended. Wait until the doctor says that nothing "
                "does, or, when a key was stolen, add --at-once: slips are printed and people sign in anew.",
                what=str(left),
            )
        )
    keys.end_old(config)
    audit.record("keys.ended", "keys", None, actor_id=None)
