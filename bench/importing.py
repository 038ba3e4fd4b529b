"""One whole import in a process of its own: `python -m bench.importing KIND FILE`. Tells as JSON what it took.

The steps are those of the screen: the file is stored and mapped, the dry run, the acceptance, the load. The mapping is
what the file itself suggests. `python -m bench.importing undo` takes the newest import back.
"""

import json
import resource
import sys
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import sqlalchemy as sa

from app.core import clock
from app.core.database import writing
from app.core.jobs import run_now
from app.extensions import db
from app.imports.actions.course import accept
from app.imports.actions.undoing import begin_undo, fingerprint, forecast_of
from app.imports.actions.whole_file import import_file
from app.imports.models import DataImport
from app.people.models import Account
from bench.databases import backends_of
from bench.servers import cpu_seconds_of
from wsgi import app


def peak_memory() -> int:
    """In bytes, of this process since its beginning."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024


class Stopwatch:
    def __init__(self) -> None:
        self._wall, self._cpu, self._server = perf_counter(), process_time(), _cpu_of_server()

    def told(self) -> dict[str, float]:
        server = _cpu_of_server() - self._server
        return {"wall": perf_counter() - self._wall, "cpu": process_time() - self._cpu + server}


def _cpu_of_server() -> float:
    return cpu_seconds_of(backends_of(db.engine.url.render_as_string(hide_password=False)))


def main(*words: str) -> None:
    told: dict[str, Any] = {}
    with app.app_context():
        db.session.execute(sa.text("SELECT 1"))  # what a connection costs is nobody's
        told["memory before"] = peak_memory()
        db.session.rollback()
        if words == ("undo",):
            _take_back(told)
        else:
            _bring(told, *words)
    told["memory"] = peak_memory()
    told["memory of children"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    print(json.dumps(told))


def _bring(told: dict[str, Any], kind: str, file: str) -> None:
    watch = Stopwatch()
    import_ = import_file(kind, Path(file), dry_run=True)
    told["dry run"] = watch.told()
    told["counts"] = [import_.row_count, import_.new_count, import_.unchanged_count, import_.refused_count]
    watch = Stopwatch()
    with writing():
        accept(import_, now=clock.now(), actor_id=None, yes_to=import_.asks_about)
        run_now("imports.load", import_id=import_.id)
    told["load"] = watch.told()
    told["counts"] += [import_.loaded_count, str(import_.status)]


def _take_back(told: dict[str, Any]) -> None:
    watch = Stopwatch()
    with writing():
        import_ = db.session.scalars(sa.select(DataImport).order_by(DataImport.id.desc()).limit(1)).one()
        actor_id = db.session.scalars(sa.select(Account.id).order_by(Account.id).limit(1)).one()
        seen = fingerprint(forecast_of(import_, actor_id=actor_id, now=clock.now()))
        begin_undo(import_, seen=seen, actor_id=actor_id, now=clock.now())
        run_now("imports.undo", import_id=import_.id)
    told["undo"] = watch.told()


if __name__ == "__main__":
    main(*sys.argv[1:])
