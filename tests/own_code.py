"""Our own code, read: its modules, which room each lies in, and what each imports."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from config import ROOT

APP = ROOT / "app"


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


def imported(path: Path, *, types: bool = False) -> Iterator[tuple[str, int]]:
    """Names of our modules that this one imports, at run time or with what only its types need, with the line."""
    tree = tree_of(path)
    typing_only = {
        id(node)
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and "TYPE_CHECKING" in ast.unparse(branch.test)
        for node in ast.walk(branch)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only and not types:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("app"):
            for name in node.names:
                full = APP.parent.joinpath(*node.module.split("."), f"{name.name}.py")
                folder = APP.parent.joinpath(*node.module.split("."), name.name)
                yield (f"{node.module}.{name.name}" if full.exists() or folder.is_dir() else node.module), node.lineno
        elif isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names if name.name.startswith("app"))
