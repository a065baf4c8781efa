"""操作审计: the log, to read only. Nothing here changes it; an export is itself on record."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.access import require
from accounts.http import Request
from accounts.models import Organisation, User
from accounts.permissions import Permission
from audit.log import record
from audit.models import Entry, Verb
from core import clock
from core.fields import DayField, TextField
from core.forms import Form
from core.http import download, page
from dashboard import sheets

ON_A_PAGE = 50
MOST_EXPORTED = 20_000
HEADS = ["时间", "操作人", "单位代码", "操作", "对象", "说明", "来源地址", "请求编号"]


class AuditFilter(Form):
    """谁、做了什么、对什么、从哪天到哪天."""

    q = TextField(label="操作人、对象", required=False, max_length=60)
    verb = forms.ChoiceField(label="操作", required=False, choices=[("", "全部操作"), *Verb.choices])

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for name, label in (("from", "从"), ("to", "到")):
            self.fields[name] = DayField(label=label, required=False)
            self._speak(self.fields[name])
        self.is_valid()

    def value(self, name: str) -> Any:
        return self.cleaned_data.get(name) or None

    @property
    def active(self) -> int:
        return sum(bool(self.value(name)) for name in ("q", "verb", "from", "to"))

    def entries(self, user: User) -> QuerySet[Entry]:
        """Entries of the auditor's unit and of those under it, and those that no unit made (failed sign-ins)."""
        units = Organisation.objects.under(user.organisation).values("code")
        found = Entry.objects.filter(Q(organisation__in=units) | Q(organisation="")).order_by("-pk")
        if text := self.value("q"):
            found = found.filter(
                Q(actor__icontains=text) | Q(target_label__icontains=text) | Q(target_id=text)
            )
        if verb := self.value("verb"):
            found = found.filter(verb=verb)
        if first := self.value("from"):
            found = found.filter(at__gte=datetime.combine(first, time(), tzinfo=clock.SHANGHAI))
        if last := self.value("to"):
            found = found.filter(
                at__lt=datetime.combine(last + timedelta(days=1), time(), tzinfo=clock.SHANGHAI)
            )
        return found


@require_safe
@require(Permission.AUDIT_SEE)
def entries(request: Request) -> HttpResponse:
    """操作审计."""
    form = AuditFilter(request.GET)
    found = Paginator(form.entries(request.user), ON_A_PAGE)
    shown = found.get_page(request.GET.get("page"))
    return page(request, "dashboard/audit.html", {"form": form, "page": shown, "total": found.count})


@require_safe
@require(Permission.AUDIT_SEE)
def export(request: Request) -> HttpResponseBase:
    """导出操作日志: the newest entries under the same conditions."""
    found = list(AuditFilter(request.GET).entries(request.user)[:MOST_EXPORTED])
    lines = [
        [
            sheets.moment(entry.at),
            entry.actor,
            entry.organisation,
            entry.get_verb_display(),
            entry.target_label,
            entry.detail,
            entry.ip or "",
            entry.request_id,
        ]
        for entry in found
    ]
    record(request.user, Verb.EXPORT, "操作日志", detail=f"{len(lines)} 条", request=request)
    content = sheets.workbook("操作日志", HEADS, lines)
    return download(content, sheets.file_name("操作日志"), sheets.XLSX)
