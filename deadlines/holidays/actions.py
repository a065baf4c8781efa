from datetime import date

from django.db import transaction

from accounts.models import User
from audit.log import record
from audit.models import Verb
from core.refusals import Conflict, Refused
from deadlines.holidays import checking
from deadlines.holidays.checking import Checked, Days
from deadlines.holidays.policy import why_not_keep
from deadlines.models import Holiday, HolidayChange
from deadlines.models.holiday import version_of


@transaction.atomic
def replace(found: Checked, *, notice: str, basis: str, by: User) -> HolidayChange:
    """导入节假日: one year as the notice (国务院办公厅通知) has it, instead of what stood there.

    `basis` is the calendar that the check was made with; running deadlines keep their days until a recount.
    """
    if reason_not := why_not_keep(by):
        raise Refused(reason_not)
    now = entered(lock=True)
    if version_of(Holiday.objects.calendar()) != basis:
        raise Conflict("检查之后节假日又有改动，请核对新的结果后再导入。")
    if found.wrong:
        raise Refused("还有写错的行，请改好后再导入。")
    difference = checking.compare(now, found)
    if not difference.added and not difference.removed:
        raise Refused(f"{found.year} 年的安排与现有的一致，不用导入。")
    Holiday.objects.filter(day__in=difference.removed).delete()
    Holiday.objects.bulk_create(
        Holiday(day=day, kind=kind, name=name) for day, (kind, name) in difference.added.items()
    )
    return note_change(found.year, notice=notice, added=difference.added, removed=difference.removed, by=by)


def note_change(year: int, *, notice: str, added: Days, removed: Days, by: User) -> HolidayChange:
    """节假日变更记录 and its line in the log, in the caller's transaction."""
    change = HolidayChange.objects.create(
        year=year, notice=notice.strip(), added=_listed(added), removed=_listed(removed), changed_by=by
    )
    detail = f"依据 {change.notice}，新增 {len(added)} 天，删除 {len(removed)} 天"
    record(by, Verb.SETTING_CHANGED, f"{year} 年节假日", str(change.pk), detail=detail)
    return change


def entered(*, lock: bool = False) -> Days:
    """Every day that stands in the table; locked, so that two imports of a year come one after the other."""
    rows = Holiday.objects.order_by("day")
    if lock:
        rows = rows.select_for_update()
    return {row.day: (row.kind, row.name) for row in rows}


def _listed(days: Days) -> list[tuple[str, str, str]]:
    return [(_text(day), kind, name) for day, (kind, name) in sorted(days.items())]


def _text(day: date) -> str:
    return day.isoformat()
