"""The front end as files: style sheets, scripts, sprite, and what templates say."""

import gzip
import re
from functools import cache
from pathlib import Path

from tests.house import ROOT, templates

STATIC = ROOT / "static"
CSS = sorted(
    path for path in (STATIC / "css").glob("*.css") if path.stem != "paper"
)  # paper.css is for PDF files
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
PAGE_CSS = (
    "approval",
    "calendar",
    "case",
    "clocks",
    "dashboard",
    "desk",
    "document",
    "grid",
    "login",
    "notifications",
    "year",
)


def packed(*paths: Path) -> int:
    """Bytes on the wire, each file packed by itself as WhiteNoise does."""
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def drawn() -> set[str]:
    """The pictures of the sprite."""
    return set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))


def classes_of(name: str) -> set[str]:
    sheet = re.sub(r"/\*.*?\*/|\{[^{}]*\}", "{}", (STATIC / "css" / f"{name}.css").read_text(), flags=re.S)
    return set(re.findall(r"\.([a-z][\w-]*)", sheet))


@cache
def only_in(name: str) -> frozenset[str]:
    """Classes that nothing but this page's style sheet knows."""
    rest = [path.stem for path in CSS if path.stem != name]
    return frozenset(classes_of(name) - set().union(*map(classes_of, rest)))


def used_classes(text: str) -> set[str]:
    values = re.findall(r'class="([^"]*)"', re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", text))
    return {word for value in values for word in value.split()}


def with_parents(name: str) -> str:
    """A template's text and that of what it extends, up to the base."""
    text = templates().get(name, "")
    found = re.search(r"""\{%\s*extends\s+["']([\w/.-]+)["']""", text)
    return text + (with_parents(found.group(1)) if found else "")


def with_components(name: str) -> str:
    """A template's text and that of the components it includes."""
    text = templates()[name]
    included = re.findall(r"""\{%\s*include\s+["']([\w/.-]+)["']""", text)
    return text + "".join(templates().get(part, "") for part in included)
