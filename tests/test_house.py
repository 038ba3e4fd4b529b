"""The reviewer that never tires: the house's rules, read from the code itself."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from app import FEATURES
from app.core.permissions import GUARD
from config import ROOT

APP = ROOT / "app"
ORDER = ("models", "queries", "actions", "forms", "views", "api", "jobs", "commands")
EDGE = {"views", "api", "jobs", "commands"}
SHARED_ROOMS = {"models", "queries", "actions"}
SLOW = {
    "holidays",
    "numpy",
    "scipy",
    "xlsxwriter",
    "python_calamine",
    "typst",
    "segno",
    "cryptography",
    "huey",
    "flask_migrate",
    "alembic",
    "spectree",
}  # or large
FORBIDDEN = re.compile(r"^(utils?|helpers?|common|misc|handlers?|services?|data|info)$")
FORBIDDEN_FUNCTION = re.compile(r"^(process_(?!bind_param|result_value)|do_|handle_)")  # two names are SQLAlchemy's
MODULE, FUNCTION, VIEW, ARGUMENTS = 300, 40, 30, 6


@cache
def modules() -> tuple[Path, ...]:
    return tuple(sorted(path for path in APP.rglob("*.py") if "node_modules" not in path.parts))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions_of(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef)]


def room_of(path: Path) -> tuple[str, str]:
    """('people', 'models') for app/people/models/unit.py; the feature is '' for modules that lie above all."""
    parts = path.relative_to(APP).with_suffix("").parts
    return (parts[0], parts[1] if len(parts) > 1 else "") if len(parts) > 1 else ("", parts[0])


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Names of our modules that this one imports, at run time, with the line."""
    tree = tree_of(path)
    typing_only = {
        id(node)
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and "TYPE_CHECKING" in ast.unparse(branch.test)
        for node in ast.walk(branch)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("app"):
            for name in node.names:
                full = APP.parent.joinpath(*node.module.split("."), f"{name.name}.py")
                folder = APP.parent.joinpath(*node.module.split("."), name.name)
                yield (f"{node.module}.{name.name}" if full.exists() or folder.is_dir() else node.module), node.lineno
        elif isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names if name.name.startswith("app"))


def test_imports_go_down_the_line() -> None:
    floor = {"stats": -2, "core": -1} | {feature: index for index, feature in enumerate(FEATURES)}
    faults = []
    for path in modules():
        feature, _ = room_of(path)
        for name, line in imported(path):
            target = [*name.split("."), ""][1]
            if feature in floor and target in floor and floor[target] > floor[feature]:
                faults.append(f"{path.relative_to(ROOT)}:{line} reaches up to {name}")
            if feature == "stats" and target != "stats":
                faults.append(f"{path.relative_to(ROOT)}:{line} stats imports nothing of ours")
    assert not faults, "\n".join(faults)


def test_arrows_inside_a_feature_never_turn() -> None:
    faults = []
    for path in modules():
        feature, room = room_of(path)
        if feature not in FEATURES or room not in ORDER:
            continue
        for name, line in imported(path):
            parts = name.split(".")
            if len(parts) > 2 and parts[1] == feature and parts[2] in ORDER:
                if ORDER.index(parts[2]) > ORDER.index(room):
                    faults.append(f"{path.relative_to(ROOT)}:{line} {room} imports {parts[2]}")
    assert not faults, "\n".join(faults)


def test_other_features_are_entered_by_their_doors() -> None:
    faults = []
    for path in modules():
        feature, _ = room_of(path)
        for name, line in imported(path):
            parts = name.split(".")
            strange = len(parts) > 2 and parts[1] in FEATURES and parts[1] != feature and feature in FEATURES
            if strange and parts[2] not in SHARED_ROOMS:
                faults.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    assert not faults, "\n".join(faults)


def test_nobody_else_reads_tables_of_answers() -> None:
    """One door for employees' numbers: draft answers are known to `pulse` alone."""
    faults = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in modules()
        for name, line in imported(path)
        if name.startswith("app.pulse") and room_of(path)[0] not in ("pulse", "demo", "home", "")
    ]
    assert not faults, "\n".join(faults)
    readers = {room_of(path)[0] for path in modules() if re.search(r"\bDraft(Tally|Set)\b", path.read_text())}
    assert readers <= {"pulse"}


def test_only_the_edge_commits() -> None:
    faults = []
    for path in modules():
        feature, room = room_of(path)
        allowed = room in EDGE or (feature, room) in {("core", "jobs"), ("core", "timer"), ("core", "commands")}
        if not allowed and re.search(r"\.commit\(\)", path.read_text()):
            faults.append(str(path.relative_to(ROOT)))
    assert not faults, "\n".join(faults)


def test_imports_stand_at_the_top() -> None:
    faults = []
    for path in modules():
        for function in ast.walk(tree_of(path)):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.ImportFrom | ast.Import):
                    root = (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name) or ""
                    if root.split(".")[0] not in SLOW:
                        faults.append(f"{path.relative_to(ROOT)}:{node.lineno} imports {root} in a function")
    assert not faults, "\n".join(faults)


def test_sizes() -> None:
    faults = []
    for path in [*modules(), *(ROOT / "tests").rglob("*.py")]:
        if len(path.read_text().splitlines()) > MODULE:
            faults.append(f"{path.relative_to(ROOT)} is longer than {MODULE} lines")
    for path in modules():
        limit = VIEW if room_of(path)[1] == "views" else FUNCTION
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > limit:
                    faults.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name} has {length} lines")
                if len(node.args.posonlyargs + node.args.args) > ARGUMENTS:
                    faults.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name} takes too many arguments")
    assert not faults, "\n".join(faults)


def test_names_say_the_fields_word() -> None:
    faults = [str(path) for path in modules() if FORBIDDEN.match(path.stem)]
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and (
                FORBIDDEN.match(node.name) or FORBIDDEN_FUNCTION.match(node.name)
            ):
                faults.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert not faults, "\n".join(faults)


def test_no_sql_is_made_of_strings() -> None:
    faults = []
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            built = node.args and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
            if name in ("text", "execute", "exec_driver_sql") and built and "PRAGMA" not in ast.unparse(node):
                faults.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not faults, "\n".join(faults)


def test_nothing_unpickles_and_nobody_calls_out() -> None:
    clients = {"requests", "httpx", "urllib3", "pickle", "marshal", "shelve"}
    faults = []
    for path in modules():
        for node in ast.walk(tree_of(path)):
            names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if clients & {name.split(".")[0] for name in names} or "urllib.request" in names:
                faults.append(f"{path.relative_to(ROOT)} imports {names}")
    assert not faults, "\n".join(faults)


def endpoints(app: Flask) -> dict[str, str]:
    return {
        rule.endpoint: getattr(app.view_functions[rule.endpoint], GUARD, "")
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
    }


def test_every_route_is_guarded_in_plain_sight(app: Flask) -> None:
    found = {f"{endpoint} {guard}" for endpoint, guard in endpoints(app).items()}
    bare = [line for line in found if line.endswith(" ")]
    assert not bare, f"neither @require nor @public: {bare}"
    listed = set((ROOT / "tests/access.txt").read_text().splitlines())
    assert found == listed, f"not in tests/access.txt: {sorted(found - listed)}; gone: {sorted(listed - found)}"


def test_addresses_are_kebab_case_and_typed(app: Flask) -> None:
    faults = []
    for rule in app.url_map.iter_rules():
        plain = re.sub(r"<[^>]+>", "x", rule.rule)
        if rule.endpoint != "static" and not re.fullmatch(r"[a-z0-9/.-]*", plain):
            faults.append(rule.rule)
        if rule.endpoint != "static" and re.search(r"<[a-z_]+>", rule.rule):
            faults.append(f"{rule.rule} has a parameter without a type")
    assert not faults, faults


def _only_sees(function: ast.FunctionDef) -> bool:
    return re.search(r"visible_to\([\w.]+\)", ast.unparse(function)) is not None


def test_changing_routes_load_rows_by_the_permission() -> None:
    """`visible_to(person)` alone means “may see”; acting needs the permission on the row's own unit."""
    views = [(path, each) for path in modules() if room_of(path)[1] == "views" for each in functions_of(path)]
    seeing = {each.name for _, each in views if _only_sees(each)}
    faults = []
    for path, view in views:
        decorators = " ".join(ast.unparse(decorator) for decorator in view.decorator_list)
        called = {
            node.func.id for node in ast.walk(view) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        if re.search(r"POST|PUT|PATCH|DELETE", decorators) and (_only_sees(view) or called & seeing):
            faults.append(f"{path.relative_to(ROOT)}:{view.lineno} {view.name}")
    assert not faults, "\n".join(faults)


def test_every_change_is_a_post(app: Flask) -> None:
    """A second kind of POST is a second route."""
    for rule in app.url_map.iter_rules():
        assert not (rule.methods or set()) & {"PUT", "PATCH", "DELETE", "TRACE"}, rule.rule


def templates() -> list[str]:
    folder = APP / "templates"
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.html"))


@pytest.mark.parametrize("name", templates())
def test_every_template_compiles_and_keeps_the_content_policy(app: Flask, name: str) -> None:
    text = (APP / "templates" / name).read_text()
    app.jinja_env.get_template(name)
    assert not re.search(r"\sstyle=|\son[a-z]+=|hx-on|javascript:", text), f"inline style or script in {name}"
    assert "| safe" not in text, f"unescaped text in {name}"
    assert not re.search(r"https?://(?!www\.w3\.org)", text), f"another host in {name}"
    assert not re.search(r'class="[^"]*\{\{[^}]*~', text), f"a composed class name in {name}"
