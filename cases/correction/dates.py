"""登记过的法定日期 of a case: which there are. Events and suspensions are in `events`."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from cases.correction.events import (
    Resting,
    of_events,
    of_suspensions,
    resting_events,
    service_by_announcement,
)
from cases.correction.stated import Bounds, Stated
from cases.models import Arbitration, Case, Enforcement, Filing, FollowUp, Hearing, Judgment
from cases.service.dates import of_service
from core import clock
from deadlines.models import Deadline

Source = Callable[[Case], Iterator[Stated]]
_registered: list[Source] = []
# how `occurrences.bounds` names the date that an event rests on
CAUSES = {
    "received_on": "收到申请的日期",
    "accepted_on": "受理日期",
    "decided_on": "决定日期",
    "filing-": "立案日期",
    "judgment_made-": "裁判日期",
    "effective-": "裁判生效日期",
    "enforcement-": "申请执行日期",
    "arbitration-": "申请仲裁日期",
    "arbitration_result-": "仲裁结果日期",
}


def register(source: Source) -> None:
    """What apps above `cases` state about a case (诉前和解): they call this in AppConfig.ready."""
    _registered.append(source)


def stated_dates(case: Case) -> dict[str, Stated]:
    """Every date that may be corrected, by its key, in the order of the procedure."""
    own = (_of_intake, of_suspensions, _of_arbitration, _of_court, _of_enforcement, of_events, of_service)
    sources = (*own, *_registered)
    found = [one for source in sources for one in source(case)]
    resting = resting_events(case)
    return {one.key: _before_events(one, resting) for one in found}


def _before_events(stated: Stated, events: Resting) -> Stated:
    """A date on which events rest must not come after them, just as they must not come before it."""
    cause = next((name for prefix, name in CAUSES.items() if stated.key.startswith(prefix)), None)
    later = events.get((cause, stated.day), ()) if cause else ()
    return replace(stated, before=(*stated.before, *later)) if later else stated


def _of_intake(case: Case) -> Iterator[Stated]:
    supplements = list(case.supplements.all())
    completed = [one.completed_on for one in supplements if one.completed_on]
    yield Stated(
        "received_on",
        "收到日期",
        case.received_on,
        case,
        "received_on",
        before=(
            ("补正完成日期", min(completed, default=None)),
            ("受理日期", case.accepted_on),
            ("决定日期", case.decided_on),
        ),
    )
    for one in supplements:
        asked_on = one.recorded_at.astimezone(clock.SHANGHAI).date()
        if one.completed_on:
            yield Stated(
                f"supplement-{one.pk}",
                "补正完成日期",
                one.completed_on,
                one,
                "completed_on",
                after=(("通知补正日期", asked_on),),
                before=(("受理日期", case.accepted_on),),
            )
        else:
            key = f"supplement_due-{one.pk}"
            asked = (("通知补正日期", asked_on),)
            yield Stated(key, "补正期限", one.due_on, one, "due_on", after=asked, ahead=True)
    if case.accepted_on:
        yield Stated(
            "accepted_on",
            "受理日期",
            case.accepted_on,
            case,
            "accepted_on",
            after=(("收到日期", case.received_on), ("补正完成日期", max(completed, default=None))),
            before=(("决定日期", case.decided_on),),
            same_year=True,
        )


def _of_arbitration(case: Case) -> Iterator[Stated]:
    for one in Arbitration.objects.filter(case=case):
        applied, result, received = one.applied_on, one.result_on, one.received_on
        yield Stated(
            f"arbitration-{one.pk}",
            "申请仲裁日期",
            applied,
            one,
            "applied_on",
            before=(("仲裁结果日期", result), ("收到裁决日期", received)),
        )
        if result:
            yield Stated(
                f"arbitration_result-{one.pk}",
                "仲裁结果日期",
                result,
                one,
                "result_on",
                after=(("申请仲裁日期", applied),),
                before=(("收到裁决日期", received),),
            )
        if received:
            asked = (("申请仲裁日期", applied), ("仲裁结果日期", result))
            key = f"arbitration_received-{one.pk}"
            yield Stated(key, "收到裁决日期", received, one, "received_on", after=asked)


def _of_court(case: Case) -> Iterator[Stated]:
    filings = Filing.objects.filter(case=case).prefetch_related("hearings", "judgments__appeal")
    for filing in filings.order_by("pk"):
        hearings, judgments = list(filing.hearings.all()), list(filing.judgments.all())
        yield Stated(
            f"filing-{filing.pk}",
            "立案日期",
            filing.filed_on,
            filing,
            "filed_on",
            after=(("支持起诉决定日期", case.decided_on),),
            before=(
                ("开庭日期", min((_held_on(one) for one in hearings), default=None)),
                ("裁判日期", min((one.made_on for one in judgments), default=None)),
                ("终止日期", filing.ended_on),
            ),
        )
        yield from (_of_hearing(filing, one) for one in hearings)
        appeals = [one.appeal.filed_on for one in judgments if hasattr(one, "appeal")]
        for judgment in judgments:
            yield from _of_judgment(case, filing, judgment, appeals)


def _held_on(hearing: Hearing) -> date:
    return hearing.held_at.astimezone(clock.SHANGHAI).date()


def _of_hearing(filing: Filing, hearing: Hearing) -> Stated:
    return Stated(
        f"hearing-{hearing.pk}",
        "开庭日期",
        _held_on(hearing),
        hearing,
        "held_at",
        after=(("立案日期", filing.filed_on), ("收到通知日期", hearing.notice_received_on)),
        ahead=not hearing.note,
    )


def _of_judgment(case: Case, filing: Filing, judgment: Judgment, appeals: list[date]) -> Iterator[Stated]:
    pk, name = judgment.pk, judgment.get_instance_display()
    appealed = judgment.appeal.filed_on if hasattr(judgment, "appeal") else None
    earlier = max(appeals, default=None) if judgment.instance > 1 else None
    served, effective = judgment.last_served_on, judgment.effective_on
    made = Stated(
        f"judgment_made-{pk}",
        f"{name}裁判日期",
        judgment.made_on,
        judgment,
        "made_on",
        after=(("立案日期", filing.filed_on), ("上诉日期", earlier)),
        before=(("最后送达日期", served), ("上诉日期", appealed), ("生效日期", effective)),
    )
    yield replace(made, before=(*made.before, ("履行期限届满日", judgment.performance_due_on)))
    since = (("裁判日期", judgment.made_on),)
    if served:
        key = f"judgment_served-{pk}"
        until = (("生效日期", effective),)
        last = Stated(key, "裁判最后送达日期", served, judgment, "last_served_on", after=since, before=until)
        yield replace(last, also=service_by_announcement(judgment))
    if effective:
        over = _appeal_over(case, pk)
        known = (*since, ("最后送达日期", served), ("上诉期届满次日", over))
        until = (("申请执行日期", _applied_on(case)),)
        yield Stated(
            f"effective-{pk}", "裁判生效日期", effective, judgment, "effective_on", after=known, before=until
        )
    if judgment.performance_due_on:
        day = judgment.performance_due_on
        yield Stated(
            f"performance-{pk}",
            "履行期限届满日",
            day,
            judgment,
            "performance_due_on",
            after=since,
            ahead=True,
        )


def _appeal_over(case: Case, pk: int) -> date | None:
    """The day after the appeal period of this judgment, when one ran."""
    found = Deadline.objects.filter(case_link__case=case, case_link__rests_on=f"judgment_served-{pk}")
    ran = found.filter(cancelled_at=None).first()
    return ran.due_on + timedelta(days=1) if ran else None


def _applied_on(case: Case) -> date | None:
    return Enforcement.objects.filter(case=case).values_list("applied_on", flat=True).first()


def _of_enforcement(case: Case) -> Iterator[Stated]:
    effective = [
        day
        for day in Judgment.objects.filter(filing__case=case).values_list("effective_on", flat=True)
        if day
    ]
    since: Bounds = (("裁判生效日期", max(effective, default=None)),)
    if record := Enforcement.objects.filter(case=case).first():
        until = (("终本日期", record.terminated_for_now_on), ("恢复执行日期", record.resumed_on))
        yield Stated(
            f"enforcement-{record.pk}",
            "申请执行日期",
            record.applied_on,
            record,
            "applied_on",
            after=since,
            before=until,
        )
    if last := FollowUp.objects.filter(case=case).order_by("on", "pk").last():
        yield Stated(f"follow_up-{last.pk}", "最近一次跟进日期", last.on, last, "on")
