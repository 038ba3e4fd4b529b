"""The reviewer that never tires: the house's rules, read from the code itself."""

import ast
import re
from graphlib import TopologicalSorter

import pytest
from flask import Flask

from app import FEATURES
from app.core.permissions import GUARD
from config import ROOT
from tests.own_code import APP, functions_of, imported, modules, room_of, tree_of

# Rooms of a feature above its models, lowest first. Those that only one feature has lie between these and its models,
# and ask no database. A new room is named here, in plain sight (docs/decisions/0007-every-room-has-a-name.md).
ORDER = ("queries", "actions", "imports", "wording", "forms", "views", "api", "jobs", "commands")
OWN_ROOMS = {
    "imports": (
        *("files", "reading", "footnotes", "sums", "applying", "dates", "answer_words", "scores"),
        *("stems", "phrases", "words", "names", "fitting", "evidence", "joins", "relations", "suggest"),
        *("mapping_file", "settling", "mapping", "looking"),
    ),
    "people": ("days", "credentials", "chart"),
    "impact": ("figures",),
    "demo": ("story",),
    "keeping": ("archive", "tables", "places", "rotation", "stores", "second_place"),
}
DECLARED = {"settings", "personal", "effects", "shapes"}  # lists that are collected, each a module of its own
# Loose still: these lists only become shorter.
LOOSE = {"impact": {"pages"}}
EDGE = {"views", "api", "jobs", "commands"}
SHARED_ROOMS = {"models", "queries", "actions", "wording"}  # a page that gathers lets each feature say what is its own
SLOW = {
    "holidays",
    "numpy",
    "psycopg",
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
OF_ONE_DATABASE = {"app.keeping.stores.postgresql"}  # brings a driver that the other database has no use for
FORBIDDEN = re.compile(r"^(utils?|helpers?|common|misc|handlers?|services?|data|info)$")
FORBIDDEN_FUNCTION = re.compile(r"^(process_(?!bind_param|result_value)|do_|handle_)")  # two names are SQLAlchemy's
MODULE, FUNCTION, VIEW, ARGUMENTS = 300, 40, 30, 6


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


def floors_of(feature: str) -> tuple[str, ...]:
    return ("models", *OWN_ROOMS.get(feature, ()), *ORDER)


def test_every_room_has_a_name() -> None:
    found = {room_of(path) for path in modules()}
    rooms = {feature: {room for owner, room in found if owner == feature} for feature in FEATURES}
    known = {feature: {"__init__", *floors_of(feature)} | DECLARED for feature in FEATURES}
    assert {feature: loose for feature in FEATURES if (loose := rooms[feature] - known[feature])} == LOOSE
    assert all(rooms[feature] >= set(own) for feature, own in OWN_ROOMS.items())


def test_arrows_inside_a_feature_never_turn() -> None:
    faults = []
    for path in modules():
        feature, room = room_of(path)
        floors = floors_of(feature)
        if feature not in FEATURES or room not in floors:
            continue
        for name, line in imported(path):
            parts = name.split(".")
            if len(parts) > 2 and parts[1] == feature and parts[2] in floors:
                if floors.index(parts[2]) > floors.index(room):
                    faults.append(f"{path.relative_to(ROOT)}:{line} {room} imports {parts[2]}")
    assert not faults, "\n".join(faults)


def test_no_modules_import_each_other() -> None:
    """Not round a longer circle either, nor for their types: what two need lies below both.

    Models may: rows belong to each other.
    """
    names = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in modules()
    }
    models = {name for name, path in names.items() if room_of(path)[1] == "models"}
    known = {name: {other for other, _ in imported(path, types=True)} & names.keys() for name, path in names.items()}
    below = {name: others - models if name in models else others for name, others in known.items()}
    TopologicalSorter(below).prepare()  # a CycleError names the circle


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
                    if root.split(".")[0] not in SLOW and root not in OF_ONE_DATABASE:
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


def test_what_is_seen_of_imports_is_asked_in_one_way() -> None:
    """By `DataImport.is_visible`: one who asks the column may forget it, and shows rows that are half written."""
    asked = re.compile(r"visible_at\.is_(not)?\(|visible_at (!=|==|is) ")
    own = ROOT / "app/imports/models.py"
    faults = [str(path.relative_to(ROOT)) for path in modules() if path != own and asked.search(path.read_text())]
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
    lines = (ROOT / "tests/access.txt").read_text().splitlines()
    listed = set(lines)
    assert found == listed, f"not in tests/access.txt: {sorted(found - listed)}; gone: {sorted(listed - found)}"
    assert lines == sorted(listed), "tests/access.txt: each route once, in the order of their names"


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
    views = [(path, each) for path in modules() if room_of(path)[1] in ("views", "api") for each in functions_of(path)]
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
