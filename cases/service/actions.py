"""送达的办理: list, leave out, send, register the result, take back. One transaction each, the case locked."""

from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction

from accounts.models import User
from cases import clocks, journal
from cases.models import Case
from cases.service import following, means, policy
from cases.service.standing import Line, lines_of
from cases.workflow import Act
from core import clock
from core.refusals import Refused
from documents.models import Addressee, Document, Service
from documents.uploads import accept_upload

TO_BE_STORED = frozenset(
    {"received_by", "capacity", "place", "hour", "body", "tracking_number", "witness", "on_record"}
    | {"participants", "consent", "remark"}
)


@transaction.atomic
def list_addressees(case: Case, document: Document, *, by: User) -> Document:
    """列出受送达人 of a paper that was issued before they were kept; nobody is listed twice."""
    case, document = _locked(case, document, by)
    following.opened(case, document, by=by)
    return document


@transaction.atomic
def add(
    case: Case, document: Document, *, name: str, whom: str, copies: int, is_person: bool = False, by: User
) -> Addressee:
    """添加受送达人: somebody whom the paper's kind does not name. The clock waits for them as well."""
    case, document = _locked(case, document, by)
    standing = document.addressees.filter(name=name, left_out_at=None)
    if standing.exists():
        raise Refused(f"{name}已在受送达人里，请刷新后查看。")
    added = Addressee.objects.create(
        document=document, whom=whom, name=name, is_person=is_person, copies=copies, added_by=by
    )
    journal.note(case, Act.SERVED, by=by, text=f"{document}：添加受送达人（{added.get_whom_display()}）")
    following.follow(case, document, by=by)
    return added


@transaction.atomic
def leave_out(case: Case, document: Document, *, to: int, reason: str, by: User) -> Addressee:
    """不送达: with the reason; the clock no longer waits for them."""
    case, document = _locked(case, document, by)
    line = _line(document, to)
    if refusal := policy.why_not_leave_out(line):
        raise Refused(refusal)
    if not reason.strip():
        raise Refused("还没填不送达的原因。")
    one = line.addressee
    one.left_out_at, one.left_out_by, one.left_out_reason = clock.now(), by, reason.strip()
    one.save(update_fields=["left_out_at", "left_out_by", "left_out_reason"])
    journal.note(
        case, Act.SERVED, by=by, text=f"{document}：{one.get_whom_display()}不送达，{reason.strip()}"
    )
    following.follow(case, document, by=by)
    return one


@transaction.atomic
def send(
    case: Case,
    document: Document,
    *,
    to: int,
    way: str,
    sent_on: date,
    scan: File | None = None,
    by: User,
    **facts: Any,
) -> Service:
    """登记送出 by post, through others, by announcement; what is signed or left on the spot is served at once."""
    case, document = _locked(case, document, by)
    line = _line(document, to)
    if refusal := policy.why_not_send(line):
        raise Refused(refusal)
    served_on = facts.get("served_on") or sent_on if way in means.AT_ONCE else None
    for label, day in ((means.DAY_CALLED[Service.Means(way)], sent_on), ("送达日期", served_on)):
        if day and (refusal := means.why_not_day(document, label, day)):
            raise Refused(refusal)
    if refusal := means.why_not_means(case, line.addressee, way, facts):
        raise Refused(refusal)
    one = Service(to=line.addressee, means=way, sent_on=sent_on, recorded_by=by, **_stored(facts))
    if served_on:
        _result(one, by, served_on=served_on)
    if scan:
        one.receipt = accept_upload(scan, organisation=case.organisation, by=by)
    one.save(force_insert=True)
    if one.means == Service.Means.NOTICE:
        following.start_notice(case, one, by=by)
    _noted(case, one, "送达" if served_on else "送出", by)
    return one


@transaction.atomic
def signed(
    case: Case,
    document: Document,
    *,
    one: int,
    served_on: date,
    scan: File | None = None,
    by: User,
    **facts: Any,
) -> Service:
    """登记签收: the day on the receipt is the day of service (民诉法87、91条)."""
    case, document = _locked(case, document, by)
    row = _under_way(document, one)
    if row.means == Service.Means.NOTICE:
        raise Refused("公告送达没有签收，公告期满后登记期满。")
    if served_on < row.sent_on:
        raise Refused(f"送达日期 {served_on} 早于送出日期 {row.sent_on}，请核对。")
    refusal = means.why_not_day(document, "送达日期", served_on) or means.why_not_signed(case, row.to, facts)
    if refusal:
        raise Refused(refusal)
    _store(row, facts, case, scan, by, served_on=served_on)
    _noted(case, row, "送达", by)
    return row


@transaction.atomic
def returned(
    case: Case,
    document: Document,
    *,
    one: int,
    returned_on: date,
    tries: list[date],
    scan: File | None = None,
    by: User,
    **facts: Any,
) -> Service:
    """登记退回: it is no service (检察专递规定6、9条); the paper is to be sent again."""
    case, document = _locked(case, document, by)
    row = _under_way(document, one)
    if row.means not in (Service.Means.POST, Service.Means.ENTRUSTED):
        raise Refused(f"{row.get_means_display()}没有退回，登记错了的请撤销。")
    if returned_on > clock.today():
        raise Refused(f"退回日期 {returned_on} 还没到，请改成今天或以前的日期。")
    if returned_on < row.sent_on:
        raise Refused(f"退回日期 {returned_on} 早于送出日期 {row.sent_on}，请核对。")
    if refusal := means.why_not_returned(row, facts | {"returned_on": returned_on, "tries": tries}):
        raise Refused(refusal)
    row.tries = sorted(tries)
    _store(row, facts, case, scan, by, returned_on=returned_on)
    _noted(case, row, "退回", by)
    return row


@transaction.atomic
def expired(case: Case, document: Document, *, one: int, scan: File | None = None, by: User) -> Service:
    """登记公告期满: served when the thirty days are over, not before (民诉法95条)."""
    case, document = _locked(case, document, by)
    row = _under_way(document, one)
    if row.means != Service.Means.NOTICE:
        raise Refused(f"{row.get_means_display()}没有公告期，请登记签收或者退回。")
    over_on = following.over_on(case, row)
    if over_on > clock.today():
        raise Refused(f"公告期到 {over_on} 才满，期满后再登记。")
    _store(row, {}, case, scan, by, served_on=over_on)
    if deadline := following.notice_clock(case, row):
        clocks.meet_one(deadline, on=over_on, by=by, note="公告期满")
    _noted(case, row, "公告期满送达", by)
    return row


@transaction.atomic
def void(case: Case, document: Document, *, one: int, reason: str, by: User) -> Service:
    """撤销送达登记: it was registered wrongly. The row stays; what ran from it is cancelled, what it ended runs on."""
    case, document = _locked(case, document, by)
    row = _try(document, one)
    if refusal := policy.why_not_void(row):
        raise Refused(refusal)
    if not reason.strip():
        raise Refused("还没填撤销原因。")
    later = Service.objects.standing().filter(to=row.to, pk__gt=row.pk).exists()
    if later:
        raise Refused("这以后又送过，请先撤销后一次。")
    row.voided_at, row.voided_by, row.void_reason = clock.now(), by, reason.strip()
    row.save(update_fields=["voided_at", "voided_by", "void_reason"])
    for deadline in clocks.resting_on(case, row.date_key):
        clocks.cancel(deadline, by=by, reason=f"撤销送达登记：{reason.strip()}")
    _noted(case, row, "撤销登记", by)
    return row


@transaction.atomic
def attach(case: Case, document: Document, *, one: int, scan: File, by: User) -> Service:
    """上传送达回证 of a service that has none yet."""
    case, document = _locked(case, document, by)
    row = _try(document, one)
    if row.receipt_id:
        raise Refused("这次送达已经有送达回证扫描件。登记错了的，请撤销后重新登记。")
    row.receipt = accept_upload(scan, organisation=case.organisation, by=by)
    row.save(update_fields=["receipt"])
    journal.note(case, Act.SERVED, by=by, text=f"{document}：上传送达回证")
    return row


def _locked(case: Case, document: Document, by: User) -> tuple[Case, Document]:
    """The case, locked, and its paper as it stands now, for somebody who may register its service."""
    case = Case.objects.lock(case)
    document = Document.objects.select_for_update(of=("self",)).select_related("issue").get(pk=document.pk)
    if reason := policy.why_not_serve(case, by, document):
        raise Refused(reason)
    return case, document


def _line(document: Document, to: int) -> Line:
    found = next((line for line in lines_of(document) if line.addressee.pk == to), None)
    if found is None:
        raise Refused("受送达人不在这份文书里，请刷新后重新选择。")
    return found


def _try(document: Document, one: int) -> Service:
    found = Service.objects.select_for_update(of=("self",)).filter(to__document=document, pk=one)
    row = found.select_related("to__document").first()
    if row is None:
        raise Refused("这次送达不在这份文书里，请刷新后重新选择。")
    return row


def _under_way(document: Document, one: int) -> Service:
    row = _try(document, one)
    if refusal := policy.why_not_result(row):
        raise Refused(refusal)
    return row


def _stored(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name in TO_BE_STORED and value is not None}


def _result(
    row: Service, by: User, *, served_on: date | None = None, returned_on: date | None = None
) -> None:
    row.served_on, row.returned_on = served_on, returned_on
    row.result_by, row.result_at = by, clock.now()


def _store(
    row: Service, facts: dict[str, Any], case: Case, scan: File | None, by: User, **days: date | None
) -> None:
    for name, value in _stored(facts).items():
        setattr(row, name, value)
    _result(row, by, **days)
    if scan:
        row.receipt = accept_upload(scan, organisation=case.organisation, by=by)
    row.save()


def _noted(case: Case, row: Service, what: str, by: User) -> None:
    """The line of the timeline, without names; then whatever follows from it."""
    text = f"{row.to.document}：{row.to.get_whom_display()}，{row.get_means_display()}，{what}"
    journal.note(case, Act.SERVED, by=by, text=text)
    following.start_reply(case, row, by=by)
    following.follow(case, row.to.document, by=by)
