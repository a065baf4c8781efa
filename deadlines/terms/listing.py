"""The table of 期限规则: the rules that hold for an office, in groups, with who changed them last. Three queries."""

import re
from dataclasses import dataclass
from typing import Any

from accounts.models import Organisation
from deadlines.models import Confidence, Kind, Term, TermChange
from deadlines.terms import words

GROUPS = {"court": "法院与仲裁", "limitation": "时效", "own": "本院", "agreed": "约定"}
LETTERS = ("C", "A", "I", "LA", "L", "P", "M")  # courts before arbitration, inspection and legal aid
CODE = re.compile(r"([A-Z]+)(\d*)(.*)", re.DOTALL)


@dataclass(frozen=True)
class Row:
    """One line: the rule, its length and pauses in words, the last change."""

    term: Term
    length: str
    pauses: str
    last: TermChange | None


@dataclass(frozen=True)
class Group:
    label: str
    rows: list[Row]


def groups_for(
    organisation: Organisation, *, q: str = "", kind: str = "", unconfirmed: bool = False
) -> list[Group]:
    """The groups that have a row under these filters."""
    terms = [
        term
        for term in Term.objects.in_force(organisation).values()
        if (not kind or term.kind == kind)
        and (not unconfirmed or term.confidence == Confidence.UNSURE)
        and (not q or q.lower() in f"{term.code} {term.name} {term.trigger} {term.basis}".lower())
    ]
    last = last_changes(terms)
    rows: dict[str, list[Row]] = {name: [] for name in GROUPS}
    for term in sorted(terms, key=lambda term: _in_order(term.code)):
        rows[group_of(term)].append(_row(term, last))
    return [Group(GROUPS[name], found) for name, found in rows.items() if found]


def group_of(term: Term) -> str:
    letters = _in_order(term.code)[1]
    if term.kind == Kind.AGREED:
        return "agreed"
    return {"L": "limitation", "P": "own"}.get(letters, "court")


def last_changes(terms: list[Term]) -> dict[Any, TermChange]:
    """Term → its newest change, with who made it (one query)."""
    newest = TermChange.objects.filter(term__in=terms).order_by("term_id", "-version").distinct("term_id")
    return {change.term_id: change for change in newest.select_related("changed_by")}


def _row(term: Term, last: dict[Any, TermChange]) -> Row:
    pauses = words.told("pause_events", term.pause_events) if term.stops else ""
    return Row(term, words.length(term), pauses, last.get(term.pk))


def _in_order(code: str) -> tuple[int, str, int, str]:
    """C2 before C10 before C10R, and all of them before A1."""
    found = CODE.fullmatch(code)
    letters, number, rest = found.groups() if found else (code, "", "")
    place = LETTERS.index(letters) if letters in LETTERS else len(LETTERS)
    return place, letters, int(number or 0), rest
