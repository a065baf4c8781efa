"""文号登记: what each number of an office is — on which paper, void and why, or taken and not used."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from accounts.models import Organisation
from documents.models import Document, Issue, Number

USED, VOID, UNUSED = "used", "void", "unused"
STATES = {USED: "已使用", VOID: "已作废", UNUSED: "未使用"}


@dataclass
class Entry:
    """One number: who took it when, the papers that bear it, why it is void."""

    number: Number
    issues: list[Issue] = field(default_factory=list)

    @property
    def void_reason(self) -> str:
        """作废原因: of the number, or of the one paper that bore it."""
        if self.number.voided_at:
            return self.number.void_reason
        papers = [each.document for each in self.issues]
        gone = [each.void_reason for each in papers if each.status == Document.Status.VOID]
        return gone[0] if gone and len(gone) == len(papers) and self.number.series.kind != "case" else ""

    @property
    def state(self) -> str:
        if self.void_reason:
            return VOID
        return USED if self.issues else UNUSED

    @property
    def label(self) -> str:
        return STATES[self.state]


def numbers_of(
    office: Organisation, *, kind: str = "", year: int | None = None, words: str = ""
) -> QuerySet[Number]:
    """Every number that the office ever gave, newest first; `words` is any part of one."""
    found = Number.objects.filter(series__organisation=office).exclude(series__kind__startswith="code:")
    if kind:
        found = found.filter(series__kind=kind)
    if year:
        found = found.filter(series__year=year)
    if words:
        found = found.filter(Q(text__icontains=words.strip()))
    people = ("series", "taken_by", "voided_by")
    return found.select_related(*people).order_by("-series__year", "series__kind", "-seq")


def entries(numbers: Sequence[Number]) -> list[Entry]:
    """The numbers with the papers that bear them, in the same order; one query however many there are."""
    if not numbers:
        return []
    office = numbers[0].series.organisation_id
    bearing = Issue.objects.filter(document__organisation=office, number__in=[each.text for each in numbers])
    by_number: dict[str, list[Issue]] = defaultdict(list)
    for issue in bearing.select_related("document").order_by("issued_on", "pk"):
        by_number[issue.number].append(issue)
    return [Entry(each, by_number[each.text]) for each in numbers]


def kinds_of(office: Organisation) -> list[tuple[str, int]]:
    """(kind, year) of every series that the office has."""
    series = Number.objects.filter(series__organisation=office).exclude(series__kind__startswith="code:")
    return list(
        series.order_by("series__kind", "-series__year")
        .values_list("series__kind", "series__year")
        .distinct()
    )
