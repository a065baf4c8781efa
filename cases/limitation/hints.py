"""时效中断待确认: what is on record elsewhere in the case and interrupts in law, offered to the prosecutor.

Derived, never stored: an entry that is withdrawn or whose day is corrected takes its hint with it. A hint counts for
nothing; taken over it becomes a `LimitationEvent`, or it is dismissed with a reason (`HintDismissal`).
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from accounts.models import OrganisationKind
from cases.models import (
    Arbitration,
    Case,
    Enforcement,
    Filing,
    HintDismissal,
    Limitation,
    LimitationEvent,
    Occurrence,
    Recovery,
)
from cases.models.case import Source
from cases.occurrences.kinds import kind_of

Kind, Channel = LimitationEvent.Kind, Recovery.Channel

Found = tuple[str, int, int, date, str]  # table, key, case, day, what the entry says
EVENT, DISMISSED, HANDED_IN = "event", "dismissal", "court_received"
LEAD, APPLIED = "lead", "application"

# 程序事件 → as what it interrupts. 诉讼时效规定10、11条, 调解仲裁法27条2款
BY_OCCURRENCE: dict[str, LimitationEvent.Kind] = {
    "inspection_told": Kind.AUTHORITY,
    "labour_mediation_asked": Kind.MEDIATION,
    "order_accepted": Kind.SUIT,
    "urgent_preservation": Kind.SUIT,
    "presuit_preserved": Kind.SUIT,
    HANDED_IN: Kind.SUIT,
}
# what the office found or was given from above nobody has applied for on the day it was received
UNASKED = (Source.OWN, Source.UPPER, Source.OUTREACH)
THEIRS = Q(source=Source.LABOUR_INSPECTION) | Q(source_unit__kind=OrganisationKind.LABOUR_INSPECTION)
# 民典195条2项: the debtor pays; money from deposits, funds, contractors or by force is not the debtor's own act
OWN_PAYMENTS = (Channel.PRE_SUIT_SETTLEMENT, Channel.VOLUNTARY, Channel.AFTER_JUDGMENT)


@dataclass(frozen=True)
class Hint:
    """One entry that interrupts in law: where it stands, as what it counts, on which day."""

    source: str
    kind: LimitationEvent.Kind
    on: date
    evidence: str

    @property
    def label(self) -> str:
        return f"{self.kind.label} {self.on}"


def hints_of(case: Case) -> list[Hint]:
    """What waits for the prosecutor in this case: one query."""
    return hints_for([case.pk])[case.pk]


def hints_for(cases: Collection[int]) -> dict[int, list[Hint]]:
    """Case → its hints that nobody has taken over or dismissed, by day: one query, however many cases."""
    settled = [
        (LimitationEvent.objects.standing().filter(case__in=cases), EVENT, "on", "kind"),
        (HintDismissal.objects.filter(case__in=cases), DISMISSED, "on", "source"),
    ]
    rows = _read([*_sources(cases, useful=True), *settled])
    done = {(case, on, word) for table, _, case, on, word in rows if table in (EVENT, DISMISSED)}
    waiting: dict[int, list[Hint]] = defaultdict(list)
    for case, hint in _on_record(rows):
        if not done & {(case, hint.on, hint.kind), (case, hint.on, hint.source)}:
            waiting[case].append(hint)
    for found in waiting.values():
        found.sort(key=attrgetter("on", "source"))
    return waiting


def standing(case: Case) -> set[tuple[str, date]]:
    """Source and day of everything on record: an event with another source has lost its ground since."""
    return {(hint.source, hint.on) for _, hint in _on_record(_read(_sources([case.pk], useful=False)))}


def _read(parts: list[tuple[Any, ...]]) -> list[Found]:
    first, *more = (_rows(queryset, *columns) for queryset, *columns in parts)
    return list(first.union(*more, all=True))


def _on_record(rows: list[Found]) -> list[tuple[int, Hint]]:
    """A suit counts from the day on which it was handed in (诉讼时效规定10条), so that its filing adds nothing."""
    handed_in = {case for _, _, case, _, word in rows if word == HANDED_IN}
    return [
        (case, _hint(table, pk, on, word))
        for table, pk, case, on, word in rows
        if table not in (EVENT, DISMISSED) and not (table == "filing" and case in handed_in)
    ]


def _asked_for(cases: Collection[int], *, useful: bool) -> list[tuple[Any, ...]]:
    """The complaint that a lead came with (诉讼时效规定12条) and the application itself (13条), on the day of receipt.

    Those that are `useful`: inside a period that still runs, the complaint as long as its own day is not on record.
    """
    found = Case.objects.filter(pk__in=cases).annotate(case=F("pk"))
    asked = found.exclude(source__in=UNASKED)
    lead = found.filter(THEIRS)
    if useful:
        told = Occurrence.objects.filter(case=OuterRef("pk"), kind="inspection_told", removed_at=None)
        asked, lead = asked.filter(_in_time()), lead.filter(_in_time(), ~Exists(told))
    return [(lead, LEAD, "received_on", "source"), (asked, APPLIED, "received_on", "source")]


def _in_time() -> Q:
    """After the expiry, and once the right was used, an application adds nothing."""
    running = Limitation.objects.filter(case=OuterRef("pk"), still_employed=False)
    running = running.filter(deadline__met_on=None, deadline__cancelled_at=None)
    return Q(Exists(running.filter(Q(deadline=None) | Q(deadline__due_on__gte=OuterRef("received_on")))))


def _sources(cases: Collection[int], *, useful: bool) -> list[tuple[Any, ...]]:
    standing_reversal = Recovery.objects.filter(reverses=OuterRef("pk"), returned_at=None)
    own = Recovery.objects.filter(channel__in=OWN_PAYMENTS, reverses=None, returned_at=None)
    return [
        (
            Occurrence.objects.filter(case__in=cases, kind__in=BY_OCCURRENCE, removed_at=None),
            "occurrence",
            "on",
            "kind",
        ),
        (Filing.objects.filter(case__in=cases), "filing", "filed_on", "court_number"),
        (Arbitration.objects.filter(case__in=cases), "arbitration", "applied_on", "board"),
        (own.filter(~Exists(standing_reversal), case__in=cases), "recovery", "paid_on", "channel"),
        (Enforcement.objects.filter(case__in=cases), "enforcement", "applied_on", "court"),
        *_asked_for(cases, useful=useful),
    ]


def _rows(queryset: QuerySet[Any], table: str, day: str, word: str) -> Any:
    named = queryset.order_by().annotate(table=Value(table), day=F(day), word=F(word))
    return named.values_list("table", "pk", "case", "day", "word")


def _hint(table: str, pk: int, on: date, word: str) -> Hint:
    kind, evidence = Kind.SUIT, ""
    match table:
        case "occurrence":
            kind, evidence = BY_OCCURRENCE[word], kind_of(word).label
        case "filing":
            evidence = f"法院立案，{word}"
        case "arbitration":
            evidence = f"申请仲裁，{word}"
        case "recovery":
            kind, evidence = Kind.ADMISSION, f"到账登记，{Channel(word).label}"
        case "lead":
            kind, evidence = (
                Kind.AUTHORITY,
                "劳动监察移送线索的日期；查明劳动者投诉日期的，按投诉日期另行登记",
            )
        case "application":
            kind, evidence = Kind.AUTHORITY, "向检察机关申请支持起诉"
        case _:
            evidence = f"申请执行，{word}"
    return Hint(f"{table}-{pk}", kind, on, evidence)
