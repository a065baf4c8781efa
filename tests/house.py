"""The sources as syntax trees, read once for the house rules."""

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = sorted(path.parent.name for path in ROOT.glob("*/apps.py"))


@cache
def sources() -> dict[str, ast.Module]:
    """Every module of the apps, without migrations, by its path."""
    paths = sorted(
        path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
    )
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in paths}


def offenders(
    is_offence: Callable[[ast.AST], bool], allowed: Iterator[str] | tuple[str, ...] = ()
) -> list[str]:
    """`path:line` of every node that breaks a rule, outside the modules that are allowed to."""
    return [
        f"{path}:{getattr(node, 'lineno', 0)}"
        for path, tree in sources().items()
        if path not in allowed
        for node in ast.walk(tree)
        if is_offence(node)
    ]


def called(node: ast.AST) -> str:
    """The dotted name of what a node calls, or an empty string."""
    return dotted(node.func) if isinstance(node, ast.Call) else ""


def dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def keywords(node: ast.AST) -> set[str]:
    return {word.arg for word in node.keywords if word.arg} if isinstance(node, ast.Call) else set()


def imported(node: ast.AST) -> set[str]:
    """Every name an import statement brings in, with and without its module."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        return {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return set()


def classes() -> Iterator[tuple[str, ast.ClassDef]]:
    for path, tree in sources().items():
        yield from ((path, node) for node in ast.walk(tree) if isinstance(node, ast.ClassDef))


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path, tree in sources().items():
        yield from ((path, node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def templates() -> dict[str, str]:
    folder = ROOT / "templates"
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*.html"))}
