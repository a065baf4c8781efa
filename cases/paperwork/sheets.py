"""文书 on the screen: the sheet of one version, numbers of persons masked, with the number and day that it has or will
have."""

import dataclasses
from collections.abc import Container, Iterator
from typing import Any

from django.utils.safestring import SafeString

from cases.models import Case
from cases.paperwork.filling import own_lines, values_of
from documents import papers, screen
from documents.models import Document, Version
from documents.wording.writing import Phrase, closed_up

DAY_TO_COME = "　　　　年　月　日"


def sheet_of(case: Case, version: Version, now: dict[str, Any] | None = None) -> SafeString:
    """The sheet of a version as it stands in the database; `now`: what the case says (`filling.values_of`)."""
    facts = papers.facts_of(version)
    return sheet(case, version.document, version.body, secrets_of(facts), own_lines(facts, now or {}))


def sheet_beside(case: Case, version: Version) -> SafeString:
    """The sheet of a version as an approver reads it: yellow is what the case says now."""
    return sheet_of(case, version, values_of(type(papers.facts_of(version)), case))


def sheet(
    case: Case, document: Document, body: str, secrets: dict[str, str], own: Container[str] = ()
) -> SafeString:
    """A body of this paper; a draft shows the places of number and date as they will be filled.

    What is the writer's `own` does not look as if it were taken from the case.
    """
    if document.status == Document.Status.ISSUED:
        return screen.shown(body, secrets=secrets)
    number = _number_to_come(case, papers.paper_of(document).number_kind)
    return screen.shown(body, number=number, day=DAY_TO_COME, secrets=secrets, own=own)


def secrets_of(facts: Any) -> dict[str, str]:
    """Number or address → its kind, of every person in these facts, as the paper prints them: in a row as on record,
    in a text without blanks beside digits.
    """
    found = {value: kind for value, kind in _secrets(facts) if value}
    return {closed_up(value): kind for value, kind in found.items()} | found


def _secrets(part: Any) -> Iterator[tuple[str, str]]:
    described = getattr(part, "described", None)
    if isinstance(described, Phrase):  # it knows that the seat of a company is no secret
        yield from ((text, kind) for text, kind in described.parts if kind)
        return
    for field in dataclasses.fields(part):
        value = getattr(part, field.name)
        if field.metadata.get("secret") and isinstance(value, str):
            yield value, field.metadata["secret"]
        for row in value if isinstance(value, tuple) else ():
            if dataclasses.is_dataclass(row):
                yield from _secrets(row)


def _number_to_come(case: Case, series: str) -> str:
    if series == "case":
        return case.official_number
    return "〔　　〕　号（签发时取号）" if series else ""
