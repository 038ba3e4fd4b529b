"""Every function of the numbers is used, or waits for the page that shall use it and stands in methods.md."""

import ast

from config import ROOT
from tests.own_code import functions_of, modules, tree_of

# This list only becomes shorter: whoever adds a function uses it, or says here by which section it is asked for.
WAITING = {
    "counts_from_histogram": "1.1, and a name of the public surface",
    "standard_error": "1.1",
    "top_box": "1.6: satisfaction as the share of the upper boxes",
    "newcombe_difference": "1.6: two such shares",
    "shares_allowed": "5.2: three bands",
    "histogram_allowed": "5.2: the picture of eleven",
    "comments_allowed": "5.2: comments",
    "clamp_histogram": "5.4: one clamp, on the histogram",
}
STATS = ROOT / "app" / "stats"


def named_in(tree: ast.Module) -> set[str]:
    """Where it is used, not where it is imported or passed on by name."""
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return used | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def test_every_function_has_a_caller_or_waits_for_one() -> None:
    used = set().union(*(named_in(tree_of(path)) for path in modules()))
    public = {
        each.name
        for path in modules()
        if path.is_relative_to(STATS)
        for each in functions_of(path)
        if not each.name.startswith("_")
    }
    assert public - used == WAITING.keys()
