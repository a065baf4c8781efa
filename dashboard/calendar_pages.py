"""日程: the month, the week, and the week on paper."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import require
from accounts.http import Request
from accounts.models import User
from accounts.permissions import Permission, Role
from core import clock
from core.http import page
from dashboard import calendar_days
from dashboard.calendar_data import Scope, fill
from dashboard.calendar_days import WEEK, Span
from deadlines.models import Holiday

LEADERS = frozenset({Role.DEPARTMENT_HEAD, Role.CHIEF})
PAGES = {"month": "dashboard/calendar_month.html", "week": "dashboard/calendar_week.html"}
ROOM = {"month": 3, "week": 50}
ROOM_ON_PAPER = 200


@require_safe
@require(Permission.CASE_SEE)
def calendar(request: Request) -> HttpResponse:
    """What falls on which day, with holidays and 调休; leaders also see their people."""
    today, asked = clock.today(), request.GET
    span = calendar_days.span_of(asked.get("view", ""), asked.get("on", ""), today)
    if span.view == WEEK and asked.get("print") == "1":
        return week_on_paper(request, span)
    context = _days(span, _scope(request), ROOM[span.view])
    return page(request, PAGES[span.view], context)


def week_on_paper(request: Request, span: Span) -> HttpResponse:
    """A4: one row for each entry, grouped by day, with who printed it when."""
    context = _days(span, _scope(request), ROOM_ON_PAPER) | {"now": clock.now()}
    return page(request, "dashboard/calendar_print.html", context)


def _scope(request: Request) -> Scope:
    whole = leads(request.user) and request.GET.get("whose", "office") == "office"
    return Scope(request.user, whole_office=whole, today=clock.today())


def leads(user: User) -> bool:
    return user.role in LEADERS


def _days(span: Span, scope: Scope, room: int) -> dict[str, Any]:
    holidays = Holiday.objects.calendar()
    cells = calendar_days.cells(span, holidays, scope.today)
    late = fill(cells, scope, room=room)
    return {
        "span": span,
        "cells": cells,
        "late": late,
        "weeks": calendar_days.weeks(cells),
        "today": scope.today,
        "today_in_sight": span.first <= scope.today <= span.last,
        "leads": leads(scope.user),
        "whole": scope.whole_office,
        "warnings": calendar_days.warnings(span.days, holidays),
    }
