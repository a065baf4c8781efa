"""文书目录: what each paper is — whose, to whom, how many, when it is offered, in which volume it is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from approvals.models import Capacity
from cases.workflow import ENDS, OPEN_STAGES, Stage
from documents import papers
from documents.models import Document

BEFORE_DECISION = frozenset({Stage.REGISTERED, Stage.REVIEW})
OPEN = frozenset(OPEN_STAGES)
ANY = frozenset(OPEN_STAGES | ENDS)


HEAD_ONLY = (Capacity.HEAD,)
HEAD_AND_CHIEF = (Capacity.HEAD, Capacity.CHIEF)


class Group(StrEnum):
    """The groups of domain.md §5.3."""

    APPLICANT = "申请人的文书"
    PROCESS = "受理和审查"
    DECISION = "决定和出庭"
    PARTNER = "对外联系"
    ARCHIVE = "案卷"


class Signed(StrEnum):
    """由谁签署: what makes the paper valid. The office never signs for the worker (trap 3)."""

    SEAL = "本院盖章"
    WORKER = "申请人签名捺印"
    PEOPLE = "参加人逐页签名"
    INSIDE = "本院内部"


class Volume(StrEnum):
    """卷别. 副卷 is never shown to outsiders (trap 18)."""

    MAIN = "正卷"
    INNER = "副卷"


@dataclass(frozen=True)
class Copy:
    """份数: how many go to whom by default; `each` when every one of them gets that many."""

    to: str
    count: int = 1
    each: bool = False


@dataclass(frozen=True)
class CasePaper:
    """文书种类 of cases, declared once."""

    paper: papers.Paper
    group: Group
    signed: Signed
    copies: tuple[Copy, ...]
    stages: frozenset[Stage]
    volume: Volume = Volume.MAIN
    note: str = ""  # when to use it, in one line for the list
    counted: tuple[
        str, ...
    ] = ()  # long texts whose sums, headcounts and periods must be those of the claim table
    oversteps: Callable[[Any], list[str]] | None = None  # what this paper may not say, in sentences
    chain: tuple[Capacity, ...] = ()  # who decides before it is issued; nobody: the handler issues it

    @property
    def key(self) -> str:
        return self.paper.key


_catalogue: dict[str, CasePaper] = {}


def declare(
    key: str,
    title: str,
    facts: type,
    *,
    group: Group,
    signed: Signed,
    copies: tuple[Copy, ...],
    stages: frozenset[Stage],
    version: str,
    series: str = "",
    volume: Volume = Volume.MAIN,
    note: str = "",
    counted: tuple[str, ...] = (),
    oversteps: Callable[[Any], list[str]] | None = None,
    older: papers.Older | None = None,
    chain: tuple[Capacity, ...] = (),
) -> CasePaper:
    """Declare a paper; its wording is `templates/cases/papers/<key>.txt`. `series` names its numbers, if it has any.

    Raise `version` with every change of the wording that we ship; `older` reads the facts of drafts from before.
    """
    paper = papers.register(
        papers.Paper(key, title, series, f"cases/papers/{key}.txt", version, facts, older)
    )
    declared = CasePaper(paper, group, signed, copies, stages, volume, note, counted, oversteps, chain)
    if _catalogue.setdefault(key, declared) != declared:
        raise ValueError(f"two papers are called {key}")
    return declared


def all_papers() -> list[CasePaper]:
    """Group by group, whichever module was imported first; within a group as declared."""
    return sorted(_catalogue.values(), key=lambda each: list(Group).index(each.group))


def paper_by(key: str) -> CasePaper | None:
    """The paper of this key; None where it is not declared here."""
    return _catalogue.get(key)


def paper_for(document: Document) -> CasePaper | None:
    return paper_by(document.kind)
