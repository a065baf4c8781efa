"""案件页眉: what stands over every page of a case. Two queries besides what the policies ask."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery

from accounts.models import User
from cases import clocks
from cases.acts import Act, acts_for
from cases.models import (
    AcceptanceReview,
    Appeal,
    Case,
    Filing,
    Judgment,
    Proposal,
    Review,
    Subscription,
    Suspension,
)
from cases.totals import confirmed, unverified, with_totals
from cases.workflow import NEXT_ACTOR, Stage
from core import clock
from deadlines.models import Deadline, Whose

# 线索 受理 审查 决定 诉讼 执行跟踪 办结: at which of them a case of this stage stands
PLACE: dict[str, int] = {
    Stage.REGISTERED: 1,
    Stage.REJECTED: 1,
    Stage.REVIEW: 2,
    Stage.APPROVAL: 3,
    Stage.TRANSFERRED: 3,
    Stage.DECLINED: 3,
    Stage.TERMINATED: 3,
    Stage.SUPPORTED: 4,
    Stage.FILED: 4,
    Stage.TRIAL: 4,
    Stage.WITHDRAWN: 4,
    Stage.ENFORCEMENT: 5,
}
WHOSE: dict[str, str] = {Whose.RIGHT: "当事人", Whose.OTHERS: "他方"}
ENDED_EARLY = frozenset(
    {Stage.REJECTED, Stage.TRANSFERRED, Stage.DECLINED, Stage.TERMINATED, Stage.WITHDRAWN}
)


@dataclass(frozen=True)
class Head:
    """What the header shows; `facts` is the case once more with its sums and the dates of its records."""

    facts: Any
    deadlines: list[Deadline]
    primary: Act | None
    acts: list[Act]
    waits_for: str
    steps: list[dict[str, str]]

    @property
    def clock(self) -> Deadline | None:
        """The nearest running deadline, else a paused one."""
        return next(iter(self.deadlines), None)


def head_of(case: Case, user: User) -> Head:
    """Made once per request: a page that needs the sums takes the same object as the header's tag."""
    if not hasattr(case, "head"):
        case.head = _head(case, user)  # type: ignore[attr-defined]
    return case.head  # type: ignore[attr-defined]


def _head(case: Case, user: User) -> Head:
    facts = _facts(case, user)
    known = getattr(case, "open_clocks", None)  # the page of 期限 has read them already
    open_clocks = _nearest_first(clocks.running(case) if known is None else known)
    acts = acts_for(case, user, facts)
    primary = next((act for act in acts if act.leads), None)
    return Head(
        facts=facts,
        deadlines=open_clocks,
        primary=primary,
        acts=[act for act in acts if act is not primary],
        waits_for="" if primary or case.is_archived else NEXT_ACTOR[Stage(case.stage)],
        steps=steps(case, facts, open_clocks),
    )


def _nearest_first(deadlines: list[Deadline]) -> list[Deadline]:
    """Running before paused, and behind both what a court or a board is late with: it must not hide our next day."""
    today = clock.today()

    def place(each: Deadline) -> int:
        if each.whose == Whose.OTHERS and not each.paused_on and each.due_on < today:
            return 2
        return 1 if each.paused_on else 0

    return sorted(deadlines, key=place)  # stable: within each place the nearest first


def _facts(case: Case, user: User) -> Any:
    own = Subscription.objects.filter(case=OuterRef("pk"), user=user)
    filings = Filing.objects.filter(case=OuterRef("pk")).order_by("-pk")
    review = Review.objects.filter(case=OuterRef("pk"))
    ready = (
        review.exclude(legal_track="undecided").exclude(limitation_checked_at=None).exclude(legal_opinion="")
    )
    judgments = Judgment.objects.filter(filing__case=OuterRef("pk")).order_by("-effective_on")
    latest = Judgment.objects.filter(filing__case=OuterRef("pk"), filing__ended_on=None).order_by("-instance")
    waiting = Proposal.objects.filter(case=OuterRef("pk"), round__status="open")
    return (
        with_totals(Case.objects.filter(pk=case.pk).select_related("source_unit", "review"))
        .annotate(
            confirmed_total=confirmed(),
            unverified_total=unverified(),
            concluded_at=F("review__concluded_at"),
            filed_on=Subquery(filings.values("filed_on")[:1]),
            effective_on=Subquery(judgments.exclude(effective_on=None).values("effective_on")[:1]),
            examined=Exists(AcceptanceReview.objects.filter(case=OuterRef("pk"))),
            reviewed=Exists(ready),
            submitter=Subquery(waiting.values("round__submitted_by")[:1]),
            judged=Subquery(latest.values("result")[:1]),
            judgment_served_on=Subquery(latest.values("last_served_on")[:1]),
            appealed=Exists(
                Appeal.objects.filter(judgment__filing__case=OuterRef("pk"), judgment__filing__ended_on=None)
            ),
            followed=Exists(own.filter(followed_at__isnull=False)),
            muted=Exists(own.filter(muted_at__isnull=False)),
            suspended=Exists(Suspension.objects.filter(case=OuterRef("pk"), lifted_on=None)),
        )
        .get()
    )


def steps(case: Case, facts: Any, open_clocks: list[Deadline]) -> list[dict[str, str]]:
    """The seven steps with their dates: done, current, still to come, passed over, ended here."""
    reviewed = facts.concluded_at.astimezone(clock.SHANGHAI).date() if facts.concluded_at else None
    dated: list[tuple[str, date | None]] = [
        ("线索", case.received_on),
        ("受理", case.accepted_on),
        ("审查", reviewed),
        ("决定", case.decided_on),
        ("诉讼", facts.filed_on),
        ("执行跟踪", facts.effective_on),
        ("办结", case.closed_on),
    ]
    place = PLACE.get(case.stage, len(dated))
    return [
        _step(label, day, _state(case, n, place, day), open_clocks) for n, (label, day) in enumerate(dated)
    ]


def _state(case: Case, n: int, place: int, day: date | None) -> str:
    if n == place:
        return "ended" if case.stage in ENDED_EARLY else "cur"
    if n < place:
        return "done" if day or n == 2 else "passed"
    return "passed" if case.stage in ENDED_EARLY else "todo"


def _of_step(open_clocks: list[Deadline]) -> Deadline | None:
    """The office's own nearest running period, else a party's, else what others have to do, and then it is said."""
    running = [each for each in open_clocks if not each.paused_on]
    for whose in (Whose.OURS, Whose.RIGHT, Whose.OTHERS):
        if found := next((each for each in running if each.whose == whose), None):
            return found
    return None


def _step(label: str, day: date | None, state: str, open_clocks: list[Deadline]) -> dict[str, str]:
    note = f"{day:%m-%d}" if day and state != "todo" else ""
    if state == "cur" and (nearest := _of_step(open_clocks)):
        whose = "" if nearest.whose == Whose.OURS else f"{WHOSE[nearest.whose]} "
        note = f"{whose}{nearest.due_on:%m-%d} 到期"
    return {"label": label, "note": note, "state": state}
