"""更正日期: a stated legal date was wrong; it is put right and every running clock that rests on it moves."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from cases import journal
from cases.correction import policy
from cases.correction.dates import stated_dates
from cases.correction.preview import preview, started_by, stopped_by
from cases.models import Case, DateCorrection, Hearing
from cases.service import following
from cases.workflow import Act
from core import clock
from core.refusals import Conflict, Refused
from deadlines import clocks as deadline_clocks
from deadlines import pauses, todos
from deadlines.models import Deadline, Task
from documents.models import Service


@transaction.atomic
def correct(case: Case, *, what: str, on: date, reason: str, seen: str, by: User) -> DateCorrection:
    """更正日期: the day, its record, the clocks and the note are one; `seen` is the list that was looked at.

    Conflict when that list is no longer true. What is met already keeps its days.
    """
    case = Case.objects.lock(case)
    if refusal := policy.why_not_correct(case, by, what):
        raise Refused(refusal)
    stated = stated_dates(case).get(what)
    if stated is None:
        raise Refused("这个日期不在本案登记的日期里，请重新选择。")
    if preview(case, stated, on).seen != seen:
        raise Conflict("你查看之后，期限或日期有变化，请重新核对。", current=case)
    if refusal := stated.why_not(on):
        raise Refused(refusal)
    if not reason.strip():
        raise Refused("还没填更正理由。")
    row = stated.row
    before = row.held_at if isinstance(row, Hearing) else None
    stated.write(on)
    record = DateCorrection.objects.create(
        case=case,
        what=stated.key,
        label=stated.label,
        old=stated.day,
        new=on,
        reason=reason.strip(),
        corrected_by=by,
    )
    for deadline in _running(started_by(case, stated)):
        deadline_clocks.correct_start(deadline, on=on, by=by, reason=reason)
    for deadline in _running(stopped_by(case, stated)):
        pauses.move(deadline, key=stated.key, on=on, by=by, reason=f"更正日期：{reason.strip()}")
    if isinstance(row, Hearing) and before:
        _move_to_do(case, row, before, by)
    if isinstance(row, Service):
        following.follow(case, row.to.document, by=by)
    journal.note(case, Act.DATE_CORRECTED, by=by, text=f"{record.label}：{record.old} 更正为 {record.new}")
    return record


def _running(found: list[Deadline]) -> list[Deadline]:
    return [one for one in found if not one.met_on and not one.cancelled_at]


def _move_to_do(case: Case, hearing: Hearing, before: datetime, by: User) -> None:
    """The to-do of a hearing ahead bears its day: the old one is finished, the new one set."""
    for task in Task.objects.open().filter(hearing_at=before, owner_url=case.get_absolute_url()):
        todos.finish(task, by=by)
        todos.add(
            title=f"{case} {hearing}",
            assigned_to=task.assigned_to,
            by=by,
            due_on=hearing.held_at.astimezone(clock.SHANGHAI).date(),
            owner_url=task.owner_url,
            hearing_at=hearing.held_at,
        )
