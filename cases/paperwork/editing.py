"""编辑页的各栏: each fact of a paper with its input, where it is taken from, and where it differs from the case."""

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from django.forms import BoundField

from cases.models import Case
from cases.paperwork import agreeing
from cases.paperwork.filling import (
    OFFICE_WRITES,
    Difference,
    compared,
    in_short,
    is_rows,
    is_table,
    lost,
    values_of,
)
from cases.paperwork.forms import PaperForm
from cases.paperwork.known import Known
from cases.paperwork.phrases import Entry, offered
from cases.paperwork.sources import Place, place_of
from cases.paperwork.standing import held
from documents.facts import is_blank, lacking_in_rows
from documents.models import Version
from documents.papers import FROM_WORD
from documents.wording.writing import written


@dataclass(frozen=True)
class Item:
    """一栏: an input, or a table that is changed in the case; with what people must know of it."""

    name: str
    label: str
    bound: BoundField | None = None
    summary: str = ""
    place: Place | None = None
    url: str = ""
    differences: tuple[
        Difference, ...
    ] = ()  # of the fact, and of what its text says of sums, heads and names
    gone: tuple[str, ...] = ()
    is_missing: bool = False
    lacks: str = ""  # what its rows lack
    is_long: bool = False
    phrases: tuple[Entry, ...] = ()

    @property
    def forced(self) -> list[Difference]:
        return [each for each in self.differences if each.is_forced]

    @property
    def is_reworded(self) -> bool:
        """A long text that says otherwise than the record of the case: the writer's own, only said."""
        return any(not each.is_forced for each in self.differences)

    @property
    def fault(self) -> str:
        """What keeps the paper from leaving, in a few words; empty where nothing does."""
        if self.is_missing:
            return f"待填：{self.lacks or self.label}"
        if self.forced:
            return f"{self.label}与案件不一致"
        return f"Word 里找不到{self.label}" if self.gone else ""


@dataclass(frozen=True)
class Items:
    """All of them in the order of the paper; the office, which nobody changes, is none."""

    all: list[Item] = field(default_factory=list)

    def __iter__(self) -> Any:
        return iter(self.all)

    @property
    def faults(self) -> list[Item]:
        return [each for each in self.all if each.fault]

    @property
    def missing(self) -> list[Item]:
        return [each for each in self.all if each.is_missing]


def items_of(
    form: PaperForm,
    facts: Any,
    case: Case,
    latest: Version,
    *,
    known: Known | None = None,
    is_saved: bool = True,
) -> Items:
    """The left side of the editor, for a draft. `known` spares asking the case twice.

    Saving the form ends the text from Word.
    """
    known, firm = known or Known(case), held(case, latest.document.kind)
    differing = [
        *compared(facts, values_of(type(facts), case, known=known), firm),
        *agreeing.slips(latest.document.kind, facts, case, known, firm),
    ]
    words = lost(facts, latest.body) if is_saved and latest.template_version == FROM_WORD else []
    library, paper = offered(case.organisation), latest.document.kind
    found, rows_lack = [], lacking_in_rows(facts)
    for fact in dataclasses.fields(facts):
        if fact.name == OFFICE_WRITES:
            continue
        value, source = getattr(facts, fact.name), fact.metadata["source"]
        place = place_of(source) if source else None
        label, is_long = fact.metadata["label"], fact.metadata["is_long"]
        found.append(
            Item(
                name=fact.name,
                label=label,
                bound=None if is_table(type(facts), fact) else form[fact.name],
                summary=_said(value),
                place=place,
                url=place.url(case) if place else "",
                differences=tuple(each for each in differing if each.name.split(".")[0] == fact.name),
                gone=tuple(each.text for each in words if each.name == fact.name),
                is_missing=(fact.metadata["required"] and is_blank(value)) or fact.name in rows_lack,
                lacks=rows_lack.get(fact.name, ""),
                is_long=is_long,
                phrases=tuple(each for each in library if is_long and each.fits(paper, label)),
            )
        )
    return Items(found)


def _said(value: Any) -> str:
    return in_short(tuple(value)) if is_rows(value) else "" if is_blank(value) else written(value)
