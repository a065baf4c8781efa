"""正文核对的依据: what the case says of heads, sums, periods, names and courts; asked once for all texts of a paper."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from cases.paperwork.known import Known
from cases.paperwork.rows import Worker

CLAUSE = "，。；：\n"
HIDDEN = "\ue000"  # stands for words that are known to be right, so that places stay where they are
Span = tuple[int, int]


@dataclass(frozen=True)
class Slip:
    """A place in a text that is not the case's; `right` goes there by one press, `fact` is only said."""

    what: str
    noun: str
    start: int
    end: int
    right: str = ""
    fact: str = ""


Check = Callable[[str, "Frame"], Iterator[Slip]]


class Frame:
    """What one paper's texts are compared with."""

    def __init__(self, known: Known, facts: Any) -> None:
        self.known, self.facts = known, facts
        self._hidden: dict[str, str] = {}

    @cached_property
    def workers(self) -> tuple[Worker, ...]:
        return self.known.workers

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.workers)

    @cached_property
    def named(self) -> re.Pattern[str]:
        """Any applicant's name, the longest first."""
        names = sorted(self.names, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, names)) or r"(?!)")

    @cached_property
    def everybody(self) -> frozenset[str]:
        """People of the case: applicants, also those who left, respondents and their heads, handler."""
        left = self.known.case.claimants.values_list("person__name", flat=True)
        others = [name for each in self._parties for name in (each.name, each.representative)]
        handler = self.known.handler
        return frozenset(name for name in (*self.names, *left, *others, handler) if name)

    @cached_property
    def _parties(self) -> tuple[Any, ...]:
        """Respondents, also those who are no defendants."""
        found = self.known._respondents
        return tuple(
            _Party(
                each.company.name if each.company else each.person.name if each.person else "",
                each.company.legal_representative if each.company else "",
                bool(each.company),
            )
            for each in found
        )

    @cached_property
    def companies(self) -> tuple[str, ...]:
        return tuple(each.name for each in self._parties if each.is_company)

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Parties who are persons: theirs are the names that a slip of the pen turns into another."""
        return (*self.names, *(each.name for each in self._parties if not each.is_company))

    @cached_property
    def _right(self) -> re.Pattern[str]:
        known = self.known
        right = {*self.everybody, known.project, known.place, known.office, known.source_unit}
        right |= {*known.proof_names, *(each.address for each in self.workers)}
        right |= {each.address for each in known.respondents}
        found = sorted((each for each in right if each), key=len, reverse=True)
        return re.compile("|".join(map(re.escape, found)) or r"(?!)")

    def hidden(self, text: str) -> str:
        """The text with every name that is right blanked out, as long as before. Only asked where something is near."""
        if text not in self._hidden:
            self._hidden[text] = self._right.sub(lambda match: HIDDEN * len(match[0]), text)
        return self._hidden[text]

    @cached_property
    def court(self) -> str:
        """致送法院 of the paper, else of the case."""
        return str(getattr(self.facts, "court", "") or self.known.court)

    @cached_property
    def courts(self) -> tuple[str, ...]:
        known = self.known
        found = (self.court, known.court, known.case.intended_court, known.enforcing_court)
        return tuple(dict.fromkeys(name for name in found if name))

    @cached_property
    def offices(self) -> tuple[str, ...]:
        return tuple(name for name in (self.known.office, self.known.source_unit) if name)

    def total(self, part: str) -> Decimal:
        return sum((getattr(each, part) for each in self.workers), Decimal(0))

    @cached_property
    def sums(self) -> frozenset[Decimal]:
        """Everything that the claim table, judgment and payments say, in yuan."""
        parts = ("due", "paid", "owed")
        items = [item for each in self.known._claimants for item in each.items.all()]
        found = {self.total(part) for part in parts}
        found |= {getattr(each, part) for each in (*self.workers, *items) for part in parts}
        found |= {each.owed for each in self.known.claims}
        paid = [each.amount for each in self.known.payments]
        return frozenset({*found, *paid, sum(paid, Decimal(0)), self.known.awarded or Decimal(0)})


@dataclass(frozen=True)
class _Party:
    name: str
    representative: str
    is_company: bool


def clause_before(text: str, at: int) -> str:
    """What stands before this place in its clause."""
    return text[max(text.rfind(mark, 0, at) for mark in CLAUSE) + 1 : at]


def clause_after(text: str, at: int) -> str:
    ends = [found for mark in CLAUSE if (found := text.find(mark, at)) >= 0]
    return text[at : min(ends, default=len(text))]


def sentence_around(text: str, at: int) -> Span:
    """From where to where the sentence of this place goes."""
    start = max(text.rfind(mark, 0, at) for mark in "。；\n") + 1
    ends = [found for mark in "。；\n" if (found := text.find(mark, at)) >= 0]
    return start, min(ends, default=len(text))
