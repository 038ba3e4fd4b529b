"""`bin/run`: two processes that live and die together, private folders, sentences when something is wrong."""

import os
import signal
import stat
from pathlib import Path
from time import sleep
from urllib.request import urlopen

import pytest

from tests.bin.stand_in import Place, free_port


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_start_prints_the_address_and_answers_there(place: Place) -> None:
    port = free_port()
    place.start(PORT=str(port)).wait_for(f"http://127.0.0.1:{port}/")
    with urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
        assert answer.read() == b"well"


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_stops_when_told_and_leaves_nothing_behind(place: Place, sign: signal.Signals) -> None:
    start = place.start()
    start.job_process()
    start.signal(sign)
    for _again in range(1000):  # the impatient press Ctrl-C again
        if start.process.poll() is not None:
            break
        sleep(0.02)
        start.signal(sign)
    assert start.ends() == 0
    assert "Rezonans has stopped." in start.said()
    assert place.nothing_is_left()


def test_when_the_job_process_dies_the_web_server_goes_too(place: Place) -> None:
    start = place.start()
    os.kill(start.job_process(), signal.SIGKILL)
    assert start.ends() == 1
    assert "The job process stopped by itself" in start.said()
    assert place.nothing_is_left()


def test_when_the_web_server_cannot_start_nothing_stays(place: Place) -> None:
    (place.folder / "wsgi.py").write_text(
        (place.folder / "wsgi.py").read_text().replace("jobs =", "\nassert 'gunicorn' not in sys.argv[0]\njobs =")
    )
    start = place.start()
    assert start.ends() == 1
    assert "The web server stopped by itself" in start.said()
    assert place.nothing_is_left()


def test_a_killed_start_takes_its_processes_along(place: Place) -> None:
    start = place.start()
    start.job_process()
    start.process.kill()
    start.ends()
    assert place.nothing_is_left()


def test_a_taken_port_is_named_with_the_way_out(place: Place) -> None:
    port = str(free_port())
    place.start(PORT=port).wait_for("Rezonans runs at")
    second = place.start("demo", PORT=port)
    assert second.ends() == 1
    assert f"Port {port} is taken" in second.said()
    assert f"PORT={int(port) + 1} bin/run demo" in second.said()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7"])
def test_other_machines_are_not_let_in_without_https(place: Place, host: str) -> None:
    start = place.start(HOST=host, PUBLIC_URL="http://rezonans.example")
    assert start.ends() == 1
    assert "INSECURE_HTTP=1" in start.said()


def test_other_machines_are_let_in_when_that_is_wanted(place: Place) -> None:
    place.start(HOST="0.0.0.0", INSECURE_HTTP="1").wait_for("Rezonans runs at")


@pytest.mark.parametrize("port", ["0", "65536", "http", "80 80"])
def test_a_port_that_is_none_is_refused(place: Place, port: str) -> None:
    start = place.start(PORT=port)
    assert start.ends() == 1
    assert "PORT must be a number" in start.said()


def test_folders_and_key_are_for_the_owner_alone(place: Place) -> None:
    place.start().wait_for("Rezonans runs at")
    key = place.folder / "instance-keys/secret_key"
    data = place.folder / "instance"
    assert [mode(key.parent), mode(data)] == [0o700, 0o700]
    assert [mode(key), mode(data / "database")] == [0o600, 0o600]
    assert len(bytes.fromhex(key.read_text())) == 32
    assert os.listdir(key.parent) == ["secret_key"]


def test_the_key_stays_as_it_is(place: Place) -> None:
    keys = place.folder / "kept keys"
    keys.mkdir()
    (keys / "secret_key").write_text("as it was")
    place.start(REZONANS_KEYS=str(keys)).wait_for("Rezonans runs at")
    assert (keys / "secret_key").read_text() == "as it was"


def test_the_demo_never_stands_beside_real_data(place: Place) -> None:
    place.start(
        "demo", DATABASE_URL="postgresql+psycopg:///real", REZONANS_DATA="real", REZONANS_KEYS="real-keys"
    ).wait_for("prepared demo SQLite")
    place.start("demo").wait_for("Rezonans runs at")
    made = {entry.name for entry in place.folder.iterdir() if entry.name.startswith(("real", "instance"))}
    assert made == {"real-demo", "real-demo-keys", "instance-demo", "instance-demo-keys"}


def test_a_start_names_the_folder_of_its_data(place: Place) -> None:
    assert f"Its data lies in {place.folder}/instance.\n" in place.start().wait_for("Rezonans runs at")
    elsewhere = place.start("demo", DEMO_DATABASE_URL="postgresql+psycopg://me:secret@host/demo")
    said = elsewhere.wait_for("Rezonans runs at")
    assert f"Its data lies in {place.folder}/instance-demo, the database is the one that you named.\n" in said
    assert "secret" not in said.replace("prepared demo postgresql+psycopg://me:secret@host/demo", "")


def test_the_application_is_told_which_place_is_the_demos(place: Place) -> None:
    place.start("demo").wait_for("prepared demo SQLite in the demo's place")
    own = place.start(REZONANS_DEMO="1").wait_for("Rezonans runs at")
    assert "prepared own SQLite" in own
    assert "in the demo's place" not in own


def test_ones_own_database_is_passed_on(place: Place) -> None:
    place.start(DATABASE_URL="postgresql+psycopg:///real").wait_for("prepared own postgresql+psycopg:///real")


def test_what_it_does_not_know_is_answered_with_what_it_does(place: Place) -> None:
    start = place.start("domo")
    assert start.ends() == 64
    assert "bin/run demo" in start.said()


def test_without_python_the_sentence_names_the_package(place: Place) -> None:
    tools = place.folder.parent / "tools"
    tools.mkdir()
    for name in (
        "bash",
        "env",
        "sha256sum",
        "dirname",
        "readlink",
        "flock",
        "mkdir",
        "find",
        "sort",
        "cat",
        "rm",
        "node",
        "npm",
    ):
        found = next((Path(folder) / name for folder in ("/usr/bin", "/bin") if (Path(folder) / name).exists()), None)
        if found:
            (tools / name).symlink_to(found)
    (place.folder / ".venv/bin/python").unlink()
    start = place.start(PATH=str(tools))
    assert start.ends() == 1
    assert "apt-get install python3 python3-venv" in start.said()
