"""Declaring papers (文书种类): what each is called, what it is filled from, which words it has by default."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from documents.conventions import paper_title
from documents.models import Document

Older = Callable[
    [dict[str, Any]], dict[str, Any]
]  # facts as they were once stored → as the class knows them now


@dataclass(frozen=True)
class Paper:
    """文书种类. `key` is `Document.kind`; `number_kind` names the series (`case`: prints the case number).

    `template` is a wording (`documents.wording`), which offices may change; raise `template_version` with every
    change of the words that we ship. `older` reads facts that were stored before the facts class changed: versions
    are append-only and their hash covers the facts, so they are never rewritten.
    """

    key: str
    default_title: str
    number_kind: str
    template: str
    template_version: str
    facts: type
    older: Older | None = None

    @property
    def title(self) -> str:
        return paper_title(self.key, self.default_title)


_papers: dict[str, Paper] = {}


def register(paper: Paper) -> Paper:
    """Declare a paper; call it when the owner's `papers.py` is imported."""
    if _papers.get(paper.key, paper) != paper:
        raise ValueError(f"two papers are called {paper.key}")
    _papers[paper.key] = paper
    return paper


def paper_of(document: Document) -> Paper:
    return _papers[document.kind]


def paper_by_kind(kind: str) -> Paper:
    """The paper that `Document.kind` names."""
    return _papers[kind]


def is_numbered(kind: str) -> bool:
    """Whether papers of this kind bear a number of the office."""
    return kind in _papers and bool(_papers[kind].number_kind)


def all_kinds() -> dict[str, str]:
    """Series of numbers → the title of the papers that take from it, first declared first."""
    found: dict[str, str] = {"case": "案号"}
    for paper in _papers.values():
        if paper.number_kind:
            found.setdefault(paper.number_kind, paper.title)
    return found
