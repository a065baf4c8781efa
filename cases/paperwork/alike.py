"""各人共同的要素: what holds for all workers alike, though the case does not keep it yet — the court above all.

Before the decision 致送法院 stands in the papers that were written: the paper of that kind, 支持起诉书, or another one.
The case itself is asked first; only what it leaves open is looked for here.
"""

import dataclasses
from datetime import date
from typing import Any, get_type_hints

from django.urls import reverse

from cases.models import Case
from cases.paperwork.sources import place_of
from cases.workflow import Stage
from documents import papers
from documents.declaring import Paper
from documents.facts import is_blank
from documents.models import Document

LETTER = "support_letter"  # asked before other papers of the case: it names the court to which all of them go
PLAIN = (str, date | None)  # texts and days; sums and rows are each worker's own (trap 6)
OF_PEOPLE = frozenset({"cases:claims", "cases:evidence"})  # kept there: data of each worker, not of all


def is_common(field: dataclasses.Field[Any], hint: Any) -> bool:
    """Short texts and days with a source that says the same of every worker."""
    source = field.metadata.get("source")
    if not source or field.metadata["is_long"] or hint not in PLAIN:
        return False
    return place_of(source).view not in OF_PEOPLE


def entered_at(case: Case, source: str) -> str:
    """The page of the case where it can be entered now; empty where only a paper can say it."""
    if source == "court":
        return reverse("cases:review_opinions", args=[case.code]) if case.stage == Stage.REVIEW else ""
    return place_of(source).url(case)


class Written:
    """What the papers of the case say, by source. Read once, and only when something is asked for."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._said: dict[str, Any] | None = None

    def of(self, source: str) -> Any:
        """The word of 支持起诉书, else of the newest paper that has one; None where none has."""
        if self._said is None:
            self._said = self._read()
        return self._said.get(source)

    def _read(self) -> dict[str, Any]:
        found = Document.objects.filter(case_link__case=self._case).exclude(status=Document.Status.VOID)
        said: dict[str, Any] = {}
        for document in sorted(found.order_by("-pk"), key=lambda each: each.kind != LETTER):
            facts = papers.facts_of(document.latest)
            for source, value in said_in(facts).items():
                said.setdefault(source, value)
        return said


def said_in(facts: Any) -> dict[str, Any]:
    """Source → value of the common facts that a paper states."""
    hints = get_type_hints(type(facts))
    return {
        field.metadata["source"]: value
        for field in dataclasses.fields(facts)
        if is_common(field, hints[field.name]) and not is_blank(value := getattr(facts, field.name))
    }


def completed(paper: Paper, values: dict[str, Any], typed: Any, written: Written) -> dict[str, Any]:
    """`values` with the common facts that the case leaves open, as the paper of this kind or another one has them."""
    hints = get_type_hints(paper.facts)
    of_kind = said_in(typed) if typed is not None else {}
    added = {}
    for field in dataclasses.fields(paper.facts):
        if not is_common(field, hints[field.name]) or not is_blank(values.get(field.name)):
            continue
        source = field.metadata["source"]
        word = of_kind.get(source) or (written.of(source) if field.metadata["required"] else None)
        if word:
            added[field.name] = word
    return values | added
