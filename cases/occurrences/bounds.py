"""Since when an event can have happened, and whether it stands on record already."""

from collections.abc import Iterator
from datetime import date, datetime

from cases import clocks
from cases.filing.policy import current_filing, latest_judgment
from cases.models import Appeal, Arbitration, Case, Enforcement, Judgment, Occurrence, Paper
from cases.occurrences.kinds import BOARD_AND_PARTIES, ENFORCED, IN_COURT, IN_REVIEW, KINDS, Kind
from cases.occurrences.pairs import open_begin
from deadlines.arithmetic import add_years

LOOK_BACK = 3  # years: what others did before the case came is older than that only by a slip of the pen
Cause = tuple[str, date | None]


def why_not_before(case: Case, kind: Kind, on: date, paper: str = "") -> str:
    """Not before what it rests on, nor before the case came; what others did may be older, within reason."""
    if kind.after and open_begin(case, kind.after) is None:
        return f"还没登记“{KINDS[kind.after].label}”，不能登记“{kind.label}”。"
    for what, day in causes(case, kind, paper):
        if day and on < day:
            return f"{kind.label}的日期 {on} 早于{what} {day}，请核对。"
    if on < look_back(case):
        return f"{kind.label}的日期 {on} 比收到申请的日期 {case.received_on} 早三年以上，请核对年份。"
    return ""


def look_back(case: Case) -> date:
    return add_years(case.received_on, -LOOK_BACK)


def causes(case: Case, kind: Kind, paper: str) -> Iterator[Cause]:
    """What must have happened before, nearest first."""
    if kind.after and (begun := open_begin(case, kind.after)):
        yield f"“{KINDS[kind.after].label}”的日期", begun.on
    if kind.anew:
        for each in clocks.running(case, kind.starts):
            yield f"“{each.rule['name']}”的起算日", each.starts_on
    if kind.stages == IN_COURT:
        yield from _in_court(case, kind, paper)
    if kind.stages == IN_REVIEW:
        yield "受理日期", case.accepted_on
    if kind.stages == ENFORCED:
        yield from _in_force(case, kind)
    yield from _before_the_board(case, kind)
    if not kind.foreign and kind.body not in BOARD_AND_PARTIES:
        yield "收到申请的日期", case.received_on


def _in_court(case: Case, kind: Kind, paper: str) -> Iterator[Cause]:
    filing = current_filing(case)
    yield "立案日期", filing.filed_on if filing else None
    if kind.needs == "appeal" and (appeal := Appeal.objects.filter(judgment__filing=filing).first()):
        yield "上诉日期", appeal.filed_on
    if paper == Paper.JUDGMENT and (judgment := latest_judgment(case)):
        yield "裁判日期", judgment.made_on


def why_not_after(case: Case, kind: Kind, on: date) -> str:
    """转为普通程序 comes before the judgment."""
    judgment = latest_judgment(case) if kind.converts else None
    if judgment and on > judgment.made_on:
        return f"{kind.label}的日期 {on} 晚于裁判日期 {judgment.made_on}，请核对。"
    return ""


def _in_force(case: Case, kind: Kind) -> Iterator[Cause]:
    """What is agreed before a suit is enforced from the decision on, what the court gave from its effect on."""
    effective = Judgment.objects.filter(filing__case=case, effective_on__isnull=False)
    yield "裁判生效日期", effective.values_list("effective_on", flat=True).order_by("-effective_on").first()
    yield "决定日期", case.decided_on
    if "C19" in kind.meets:
        yield (
            "申请执行日期",
            Enforcement.objects.filter(case=case).values_list("applied_on", flat=True).first(),
        )


def _before_the_board(case: Case, kind: Kind) -> Iterator[Cause]:
    if kind.needs == "pending_arbitration":
        pending = Arbitration.objects.filter(case=case, result=Arbitration.Result.PENDING)
        yield "申请仲裁日期", pending.values_list("applied_on", flat=True).order_by("-applied_on").first()
    elif kind.needs in ("award_on_the_way", "final_award"):
        awards = Arbitration.objects.filter(case=case, result=Arbitration.Result.AWARD)
        yield "仲裁结果日期", awards.values_list("result_on", flat=True).order_by("-result_on").first()


def twin_of(case: Case, code: str, on: date, at: datetime | None = None) -> str:
    """The same event of the same day, or a period of the same rule that it would start twice; empty when neither."""
    kind = KINDS[code]
    same = Occurrence.objects.filter(case=case, kind=code, on=on, removed_at=None)
    if (same.filter(at=at) if kind.needs_hour else same).exists():
        return f"{on} 的“{kind.label}”已登记过。"
    if kind.anew or kind.after or kind.stops:
        return ""
    running = clocks.running(case, (*kind.starts, *kind.ruling))
    if not running:
        return ""
    return f"“{running[0].rule['name']}”已在计算，从 {running[0].starts_on} 起算。"
