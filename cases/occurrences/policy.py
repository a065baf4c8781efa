"""Who may register what happened outside, and what may be done to one clock."""

from collections.abc import Callable
from datetime import date, datetime

from accounts.models import User
from cases import clocks
from cases.filing.policy import why_not_take_back_service
from cases.models import Appeal, Arbitration, Case, Occurrence
from cases.occurrences import conversion
from cases.occurrences.announcing import paper_of, why_not_announce
from cases.occurrences.bounds import twin_of, why_not_after, why_not_before
from cases.occurrences.kinds import KINDS, STOPPERS, Kind, kind_of
from cases.occurrences.pairs import follower_of, open_begin
from cases.policy import why_not_at, why_not_handle
from cases.workflow import OPEN_STAGES, Stage
from core import clock
from deadlines import prolonging
from deadlines.models import Deadline, DeadlineExtension
from deadlines.rules import Extension

EVENT_STAGES = frozenset(OPEN_STAGES | {Stage.TERMINATED})


def _appealed(case: Case) -> str:
    found = Appeal.objects.filter(judgment__filing__case=case, judgment__filing__ended_on=None)
    return "" if found.exists() else "还没登记上诉，不能登记二审立案。"


def _before_the_board(case: Case) -> str:
    found = Arbitration.objects.filter(case=case, result=Arbitration.Result.PENDING)
    return "" if found.exists() else "没有审理中的劳动仲裁，请先登记申请仲裁。"


def _award_on_the_way(case: Case) -> str:
    found = Arbitration.objects.filter(case=case, result=Arbitration.Result.AWARD, received_on=None)
    if not found.exists():
        return "没有待收到的裁决书。请先登记仲裁结果；已登记收到日期的不用再登记。"
    return ""


def _final_award(case: Case) -> str:
    found = Arbitration.objects.filter(case=case, result=Arbitration.Result.AWARD, is_final=True)
    return "" if found.exists() else "没有一裁终局的仲裁裁决，不能登记用人单位收到终局裁决书。"


def _unserved_suggestion(case: Case) -> str:
    """One truth: what was issued here is received by its service, and the reply clock runs from that."""
    by_service = clocks.running(case, ["P10"], since="service-")
    return "检察建议书已登记送达，回复期限从送达日期起算，不用再登记收到。" if by_service else ""


FACTS: dict[str, Callable[[Case], str]] = {
    "appeal": _appealed,
    "pending_arbitration": _before_the_board,
    "award_on_the_way": _award_on_the_way,
    "final_award": _final_award,
    "simple": conversion.why_not_convert,
    "unserved_suggestion": _unserved_suggestion,
}


def why_not_record(case: Case, user: User) -> str:
    """登记事件: the office's handlers, until the case has ended; after 终结审查 while agreed money is paid."""
    return why_not_at(case, user, EVENT_STAGES, "登记程序事件")


def why_not_kind(case: Case, code: str, on: date, at: datetime | None = None, paper: str = "") -> str:
    """Whether this event can have happened on this day in this case."""
    kind = KINDS.get(code)
    if kind is None:
        return "这种事件不在列表里，请重新选择。"
    if case.stage not in kind.stages:
        return f"案件处于“{case.get_stage_display()}”阶段，不能登记“{kind.label}”。"
    if kind.needs_hour and at is None:
        return f"“{kind.label}”按小时计算，请填写时刻。"
    if not kind.ahead and (on > clock.today() or (at is not None and at > clock.now())):
        return f"{kind.label}的日期 {on} 还没到，请改成今天或以前的日期。"
    if kind.papers:
        if reason := conversion.why_not_announce(case) or why_not_announce(case, paper):
            return reason
        paper = paper_of(case, paper)
    return (
        (FACTS[kind.needs](case) if kind.needs else "")
        or why_not_before(case, kind, on, paper)
        or why_not_after(case, kind, on)
        or _why_not_stop(case, code, kind, on)
    )


def _why_not_stop(case: Case, code: str, kind: Kind, on: date) -> str:
    """One thing stops a clock once at a time, others may besides; a beginning without a clock to stop means nothing."""
    if kind.stops is None:
        return ""
    if open_begin(case, code):
        return f"“{kind.label}”已登记，请先登记“{KINDS[STOPPERS[code]].label}”。"
    targets = clocks.running(case, kind.stopped)
    if not targets and not kind.starts:
        return f"没有进行中的相关期限，不用登记“{kind.label}”。"
    early = [one for one in targets if on < one.starts_on]
    if not early:
        return ""
    return f"{kind.label}的日期 {on} 早于“{early[0].rule['name']}”的起算日 {early[0].starts_on}，请核对。"


def why_not_again(case: Case, code: str, on: date, at: datetime | None, again: bool) -> str:
    """A page that was left open must not start a second period: whoever means another one says so."""
    twin = "" if again else twin_of(case, code, on, at)
    return f"{twin}确实是另一次的，请勾选“确实是另一次”再登记。" if twin else ""


def why_not_meet(deadline: Deadline, label: str, on: date) -> str:
    """An event ends only what had begun by then. What is counted back begins with a day ahead."""
    if deadline.rule["backward"] or deadline.starts_on <= on:
        return ""
    return f"{label}的日期 {on} 早于“{deadline.rule['name']}”的起算日 {deadline.starts_on}，请核对。"


def why_not_withdraw(case: Case, one: Occurrence, user: User) -> str:
    """撤销事件: as long as nothing rests on it that is done already."""
    if reason := why_not_record(case, user):
        return reason
    if one.removed_at:
        return "这件事已经撤销。"
    kind = kind_of(one.kind)
    keys = [f"occurrence-{one.pk}"] + ([f"judgment_served-{one.judgment_id}"] if one.judgment_id else [])
    done = Deadline.objects.filter(case_link__case=case, case_link__rests_on__in=keys)
    if met := done.filter(met_on__isnull=False).first():
        return f"由它起算的“{met.rule['name']}”已于 {met.met_on} 办结，请先撤销使它办结的事件。"
    if kind.converts and (reason := conversion.why_not_take_back(case, one)):
        return reason
    if later := follower_of(case, one, kind):
        return f"之后登记了“{kind_of(later.kind).label}”（{later.on}），请先撤销那一件。"
    return why_not_take_back_service(one.judgment) if one.judgment else ""


def why_not_finish(case: Case, deadline: Deadline, user: User) -> str:
    """办结: a period without a page of its own, reported done by a day."""
    if reason := why_not_handle(case, user) or _why_not_open(deadline):
        return reason
    if deadline.rule.get("by_hand"):
        return ""
    return f"“{deadline.rule['name']}”随案件办理而完成，不能直接办结。"


def why_not_extend(case: Case, deadline: Deadline, user: User) -> str:
    """登记延长: only where the rule knows an extension; the review's own goes up for approval."""
    if reason := why_not_handle(case, user) or _why_not_open(deadline):
        return reason
    if deadline.rule["code"] == "P6a":
        return "审查期限的延长要报批，请提交延长审查期限的意见。"
    return "" if deadline.rule.get("extension") else f"“{deadline.rule['name']}”没有延长的规定。"


def usual_extension(deadline: Deadline) -> Extension | None:
    """What the rule allows, as long as nothing of it is granted yet."""
    granted = deadline.extensions.filter(voided_at=None).exists()
    return None if granted else prolonging.allowed(deadline.rule)


def why_not_take_back(case: Case, extension: DeadlineExtension, user: User) -> str:
    """撤销延长: of what was registered here; what was approved or follows from 时效 has its own way."""
    deadline = extension.deadline
    if reason := why_not_extend(case, deadline, user):
        return reason
    return "这次延长已经撤销。" if extension.voided_at else ""


def _why_not_open(deadline: Deadline) -> str:
    if deadline.met_on:
        return f"这项期限已于 {deadline.met_on} 办结。"
    return "这项期限已经撤销。" if deadline.cancelled_at else ""
