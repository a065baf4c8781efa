from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import require
from accounts.http import Request
from accounts.permissions import Permission
from core import clock
from core.http import download, leave, page
from core.refusals import Conflict, Refused
from deadlines.holidays import actions, checking, notice, policy, reading, template, year
from deadlines.holidays.forms import ApplyForm, ImportForm
from deadlines.models import Holiday, HolidayChange
from deadlines.models.holiday import version_of
from deadlines.reference import FIRST_YEAR, calendar_warning, missing_years

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LAST_YEAR = 2100
sees = require(Permission.CASE_SEE, Permission.REFERENCE_MANAGE)
manages = require(Permission.REFERENCE_MANAGE)


@sees
@require_GET
def holidays(request: Request) -> HttpResponse:
    """节假日, one year at a time."""
    today = clock.today()
    chosen = _year(request.GET.get("year", ""), today.year)
    days = {day: entry for day, entry in actions.entered().items() if day.year == chosen}
    changes = HolidayChange.objects.filter(year=chosen).select_related("changed_by")[:20]
    context = {
        "year": chosen,
        "months": year.months(chosen, days, today),
        "spans": year.spans(days),
        "is_missing": chosen not in Holiday.objects.calendar().years,
        "warning": calendar_warning(),
        "changes": changes,
        "years": (max(chosen - 1, FIRST_YEAR), min(chosen + 1, LAST_YEAR)),
        "why_not": policy.why_not_keep(request.user),
    }
    return page(request, "deadlines/holidays.html", context)


@manages
@require_http_methods(["GET", "POST"])
def holiday_import(request: Request) -> HttpResponse:
    """Import a year: file or text is checked and shown; only the second step stores anything."""
    if "rows" in request.POST:
        return _apply(request)
    form = ImportForm(request.POST or None, request.FILES or None, initial={"year": _next_year()})
    why_not = policy.why_not_keep(request.user)
    wrong: list[tuple[int, str]] = []
    if not why_not and form.is_valid():
        facts = form.facts
        try:
            found = _found(facts)
        except Refused as refusal:
            form.add_error("text" if facts["text"] else "file", str(refusal))
        else:
            if not (facts["text"] and found.wrong):
                return _checked(request, found, facts["notice"])
            wrong = found.wrong  # the text is on this page and can be put right here
    status = 422 if request.method == "POST" else 200
    return page(
        request, "deadlines/holiday_import.html", {"form": form, "wrong": wrong, "why_not": why_not}, status
    )


def _found(facts: dict[str, Any]) -> checking.Checked:
    if facts["text"]:
        return notice.check(facts["text"], facts["year"])
    return checking.check(reading.read(facts["file"]), facts["year"])


@manages
@require_GET
def holiday_template(request: Request) -> FileResponse:
    """The workbook to fill in."""
    return download(template.workbook(), "节假日导入模板.xlsx", XLSX)


def _apply(request: Request) -> HttpResponse:
    form = ApplyForm(request.POST)
    if not form.is_valid():
        return _again(request, {}, "本页已失效，请重新粘贴或选择文件。")
    facts = form.facts
    try:
        found = checking.check(list(reading.lines_of(facts["rows"])), facts["year"])
        actions.replace(found, notice=facts["notice"], basis=facts["basis"], by=request.user)
    except Refused as refusal:
        return _again(request, facts, str(refusal))
    except Conflict as conflict:
        return _checked(request, found, facts["notice"], str(conflict))
    messages.success(request, f"已导入 {facts['year']} 年节假日")
    return leave(request, f"{reverse('deadlines:recount')}?cause=holiday")


def _again(request: Request, facts: dict[str, Any], sentence: str) -> HttpResponse:
    """Back to the first step; the list has to be given once more, the rest is kept."""
    context = {"form": ImportForm(initial=facts), "alert": sentence}
    return page(request, "deadlines/holiday_import.html", context, 422)


def _checked(request: Request, found: checking.Checked, notice: str, conflict: str = "") -> HttpResponse:
    """What the import would do. 422 while a line is wrong, 409 when the table has changed since the last check."""
    difference = checking.compare(actions.entered(), found)
    rows = [(day.isoformat(), Holiday.Kind(kind).label, name) for day, (kind, name) in found.days.items()]
    facts: dict[str, Any] = {"year": found.year, "notice": notice, "rows": reading.as_text(rows)}
    context = {
        "found": found,
        "notice": notice,
        "added": year.spans(difference.added),
        "removed": year.spans(difference.removed),
        "difference": difference,
        "conflict": conflict,
        "form": ApplyForm(initial=facts | {"basis": version_of(Holiday.objects.calendar())}),
    }
    status = 409 if conflict else 422 if found.wrong else 200
    return page(request, "deadlines/holiday_check.html", context, status)


def _year(text: str, otherwise: int) -> int:
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else otherwise
    return wanted if FIRST_YEAR <= wanted <= LAST_YEAR else otherwise


def _next_year() -> int:
    """The year that is missing, else the next one."""
    missing = missing_years()
    return missing[0] if missing else clock.today().year + 1
