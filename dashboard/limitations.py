"""时效风险 of the department: every period that runs, or whose base day nobody knows, nearest expiry first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from accounts.permissions import Role
from cases.limitation.hints import hints_for
from cases.limitation.overview import PROMISED, TONES
from cases.limitation.reckoning import STEPS, level
from cases.models import Case, Claimant, Limitation
from cases.workflow import OPEN_STAGES
from core.masking import group_title
from deadlines.models import Deadline

# 申请执行时效 and 劳动监察追溯 are two periods of two years that are not one another (trap 14)
OTHERS = ("C18", "I2")
CODES = (*Limitation.TERMS.values(), *OTHERS)
VIEWS = {
    "": "全部",
    "expired": "已届满",
    **{str(step): f"{step} 天内" for step in STEPS},
    "unknown": "起算日待查",
    "promised": PROMISED,
}
# 届满后同意履行 (民法典192条2款): not lost, and no alarm; of the civil tracks, as `Limitation.is_waived`
WAIVED = Q(
    limitation__promised_on__isnull=False,
    limitation__kind__in=(Limitation.Kind.CIVIL, Limitation.Kind.CIVIL_UNDATED),
)


@dataclass(frozen=True)
class Wanted:
    """Which of them: a view, and whether only the cases that the user handles."""

    view: str
    mine: bool

    @classmethod
    def of(cls, asked: Any, user: User) -> "Wanted":
        """What the address asks; prosecutors see their own first, everybody else the department."""
        view = asked.get("view", "")
        whose = asked.get("whose") or ("mine" if user.role == Role.PROSECUTOR else "all")
        return cls(view if view in VIEWS else "", whose == "mine")


@dataclass(frozen=True)
class Row:
    """One period as page and workbook show it."""

    case: Any
    people: str
    kind: str
    base_on: date | None
    interrupted_on: date | None
    deadline: Deadline | None
    today: date
    is_provisional: bool
    unconfirmed: int
    promised_on: date | None = None
    is_waived: bool = False

    @property
    def level(self) -> str:
        if self.is_waived:
            return "promised"
        return level(self.deadline.due_on, self.today) if self.deadline else "unknown"

    @property
    def tone(self) -> str:
        return TONES.get(self.level, "danger")

    @property
    def left(self) -> str:
        if self.deadline is None:
            return "起算日待查明"
        if self.is_waived:
            return PROMISED
        days = (self.deadline.due_on - self.today).days
        return "今天届满" if days == 0 else f"剩 {days} 天" if days > 0 else f"届满 {-days} 天"

    @property
    def tags(self) -> list[str]:
        found = ["待承办人确认"] if self.is_provisional else []
        found += ["届满后同意履行，待判断"] if self.promised_on and not self.is_waived else []
        return [*found, f"{self.unconfirmed} 项事由待确认"] if self.unconfirmed else found


def running(user: User, *, mine: bool) -> QuerySet[Deadline]:
    """Open periods of limitation of the office's cases."""
    found = Deadline.objects.open().visible_to(user)
    found = found.filter(term__code__in=CODES, case_link__case__organisation=user.organisation)
    found = found.filter(case_link__case__stage__in=[stage.value for stage in OPEN_STAGES])
    return found.filter(case_link__case__handler=user) if mine else found


def unknown(user: User, *, mine: bool) -> QuerySet[Limitation]:
    """起算日待查: a risk of its own, and the first to be looked into."""
    found = Limitation.objects.visible_to(user).without_base()
    return found.filter(case__handler=user) if mine else found


def _where(view: str, today: date) -> Q:
    """The condition of a view on the due day."""
    if view == "expired":
        return Q(due_on__lt=today) & ~WAIVED
    if view == "promised":
        return WAIVED
    if view.isdigit():
        return Q(due_on__range=(today, today + timedelta(days=int(view))))
    return Q()


def counts(user: User, *, mine: bool, today: date) -> dict[str, int]:
    """How many stand in each view: two queries."""
    views = [view for view in VIEWS if view not in ("", "unknown")]
    found = running(user, mine=mine).aggregate(
        all=Count("pk"), **{f"v{view}": Count("pk", filter=_where(view, today)) for view in views}
    )
    lost = unknown(user, mine=mine).count()
    return {view: found[f"v{view}"] for view in views} | {"unknown": lost, "": found["all"] + lost}


class Listed(Sequence[Any]):
    """Both kinds in one order, for the paginator: without a base day first, then by expiry, waived last.

    Slices cost two queries.
    """

    def __init__(self, user: User, wanted: Wanted, numbers: dict[str, int], today: date) -> None:
        self.user, self.wanted, self.today = user, wanted, today
        self.first = numbers["unknown"] if wanted.view in ("", "unknown") else 0
        self.total = numbers[wanted.view]

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, chosen: Any) -> Any:
        start, stop, _ = chosen.indices(self.total)
        mine = self.wanted.mine
        found: list[Limitation | Deadline] = []
        if start < self.first:
            lost = unknown(self.user, mine=mine).select_related("case__handler").order_by("pk")
            found += list(lost[start : min(stop, self.first)])
        if stop > self.first and self.wanted.view != "unknown":
            dated = running(self.user, mine=mine).filter(_where(self.wanted.view, self.today))
            dated = dated.select_related("case_link__case__handler", "limitation").alias(waived=WAIVED)
            dated = dated.order_by("waived", "due_on", "pk")
            found += list(dated[max(start - self.first, 0) : stop - self.first])
        return dress(found, self.today)


def _named_first() -> QuerySet[Claimant]:
    """The claimant after whom the case is named, as `cases.intake.claims.retitle` has it."""
    return Claimant.objects.standing().filter(case=OuterRef("pk")).order_by("-is_representative", "pk")


def dress(found: Sequence[Limitation | Deadline], today: date) -> list[Row]:
    """Each with its workers and with the events and hints that nobody has confirmed: two queries, however many."""
    cases = [one.case if isinstance(one, Limitation) else one.case_link.case for one in found]
    stands, waits = Q(claimants__withdrawn_on=None), Q(limitation_events__confirmed_at=None)
    waits &= Q(limitation_events__voided_at=None)
    told = Case.objects.filter(pk__in={case.pk for case in cases}).annotate(
        first=Subquery(_named_first().values("person__name")[:1]),
        workers=Count("claimants", filter=stands, distinct=True),
        unconfirmed=Count("limitation_events", filter=waits, distinct=True),
    )
    named = told.values_list("pk", "first", "workers", "unconfirmed")
    hinted = hints_for({case.pk for case in cases})
    facts = {pk: (first, workers, waiting + len(hinted[pk])) for pk, first, workers, waiting in named}
    return [_row(one, case, *facts[case.pk], today) for one, case in zip(found, cases, strict=True)]


def _row(
    one: Limitation | Deadline, case: Any, first: str | None, workers: int, unconfirmed: int, today: date
) -> Row:
    people = group_title(first or "", workers)
    if isinstance(one, Limitation):
        kind = one.get_kind_display()
        return Row(case, people, kind, None, None, None, today, one.is_provisional, unconfirmed)
    limitation: Limitation | None = getattr(one, "limitation", None)
    if limitation is None:
        return Row(case, people, one.rule["name"], one.starts_on, None, one, today, False, 0)
    base_on = limitation.base_on
    interrupted_on = one.starts_on if one.starts_on != base_on else None
    kind, provisional = limitation.get_kind_display(), limitation.is_provisional
    promise = limitation.promised_on, limitation.is_waived
    return Row(case, people, kind, base_on, interrupted_on, one, today, provisional, unconfirmed, *promise)
