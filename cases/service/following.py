"""送达以后: clocks and to-dos follow what is on record of the service. Called after every act, in its transaction."""

from datetime import date, timedelta

from accounts.models import User
from cases import clocks
from cases.models import Case, ServiceDuty
from cases.service import standing
from cases.service.addressees import is_served, wanted
from core import clock
from deadlines import clocks as deadline_clocks
from deadlines import counting, todos
from deadlines.models import Deadline, Term
from documents.models import Addressee, Document, Service

NOTE = "最后一名受送达人的送达日期"  # how a clock says that the service met it
REPLY_TO = {"suggestion_letter": ("P10", "被建议单位收到检察建议")}
HOUSE_TERM = "P7"  # papers without a clock of their own: within the office's period for serving decisions


def opened(case: Case, document: Document, *, by: User) -> None:
    """签发后: list the addressees that the paper's kind names, once, and put the service on the desk."""
    if not is_served(document):
        return
    known = set(document.addressees.values_list("source", flat=True))
    for one in wanted(case, document):
        if one.source not in known:
            Addressee.objects.create(
                document=document,
                source=one.source,
                whom=one.whom,
                name=one.name,
                is_person=one.is_person,
                copies=one.copies,
                added_by=by,
            )
    follow(case, document, by=by)


def follow(case: Case, document: Document, *, by: User) -> None:
    """Clocks and to-dos as the service of this paper stands now; doing it twice changes nothing."""
    document = Document.objects.select_related("issue").get(pk=document.pk)
    if code := standing.clock_of(document.kind):
        _settle(case, code, by)
    _sync_duties(case, document, by)


def _settle(case: Case, code: str, by: User) -> None:
    """Met by the last addressee; running again when that is no longer true (更正、撤销、作废、又加了受送达人)."""
    day = standing.done_on(case, code)
    for deadline in clocks.of_code(case, code).filter(cancelled_at=None):
        if deadline.met_on and deadline.met_note == NOTE and deadline.met_on != day:
            deadline = deadline_clocks.reopen(deadline, by=by, with_event=True)
        if day and not deadline.met_on:
            clocks.meet_one(deadline, on=day, by=by, note=NOTE)


def met_by_service(case: Case, document: Document) -> list[Deadline]:
    """Clocks that the service of this paper ended."""
    code = standing.clock_of(document.kind)
    return list(clocks.of_code(case, code).filter(met_note=NOTE, met_on__isnull=False)) if code else []


def start_reply(case: Case, one: Service, *, by: User) -> None:
    """检察建议: the reply clock runs from the service, unless its receipt was registered as an event before."""
    code, event = REPLY_TO.get(one.to.document.kind, ("", ""))
    if one.voided_at or not one.served_on or one.to.source != "addressee":
        return
    if code and not clocks.running(case, [code], since="occurrence-"):
        clocks.start(case, code, on=one.served_on, by=by, rests_on=one.date_key, event=event)


def start_notice(case: Case, one: Service, *, by: User) -> None:
    """公告送达: thirty days from publication (民诉法95条); what courts announce leaves this clock alone."""
    clocks.start(case, "C21", on=one.sent_on, by=by, rests_on=one.date_key, event="本院发出公告")


def notice_clock(case: Case, one: Service) -> Deadline | None:
    found = clocks.of_code(case, "C21").filter(case_link__rests_on=one.date_key, cancelled_at=None)
    return found.first()


def over_on(case: Case, one: Service) -> date:
    """公告期满日: as the clock has it; thirty days where the office has switched the rule off."""
    deadline = notice_clock(case, one)
    return deadline.due_on if deadline else one.sent_on + timedelta(days=30)


def _sync_duties(case: Case, document: Document, by: User) -> None:
    """One to-do for a paper that waits, one for each mail that came back; done when it is."""
    issued = document.status == Document.Status.ISSUED
    lines = standing.lines_of(document)
    waits = issued and not standing.is_complete(document)
    duties = ServiceDuty.objects.filter(document=document, task__done_at=None).select_related("task")
    came_back = {line.last_return.pk: line for line in lines if issued and line.state == "returned"}
    for duty in duties:
        if duty.returned_id not in came_back if duty.returned_id else not waits:
            todos.finish(duty.task, by=by)
    open_now = {duty.returned_id for duty in duties.all()}
    for pk, line in came_back.items():
        if pk not in open_now and not ServiceDuty.objects.filter(returned=pk).exists():
            title = f"{document}第 {line.returns} 次退回，请再送 {case}"
            _add(
                case, document, title, on=clock.today() + timedelta(days=3), by=by, returned=line.last_return
            )
    has_clock = bool(clocks.running(case, [standing.clock_of(document.kind)]))
    if waits and not has_clock and None not in open_now:
        _add(case, document, f"送达{document} {case}", on=_house_day(case, document), by=by)


def _add(
    case: Case, document: Document, title: str, *, on: date, by: User, returned: Service | None = None
) -> None:
    """Titles name the paper and the case, never a person."""
    task = todos.add(
        title=title[:120],
        assigned_to=case.handler or by,
        by=by,
        due_on=on,
        owner_url=case.get_absolute_url(),
    )
    ServiceDuty.objects.create(case=case, document=document, task=task, returned=returned)


def _house_day(case: Case, document: Document) -> date:
    """By the office's own rule for serving decisions, counted from the issue."""
    issued_on = document.issue.issued_on
    term = Term.objects.effective(HOUSE_TERM, case.organisation)
    counted = Deadline(
        organisation=case.organisation,
        term=term,
        rule=term.snapshot(),
        kind=term.kind,
        whose=term.whose,
        starts_on=issued_on,
    )
    counting.count(counted)
    return counted.due_on
