"""导出案件台账: the filtered list as a workbook. No ID numbers, no phones; text stays text (security.md T27)."""

from decimal import Decimal
from io import BytesIO
from typing import Any

from django.db.models import QuerySet
from import_export import fields, resources
from import_export.formats.base_formats import XLSX
from import_export.widgets import DateWidget, NumberWidget
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from tablib import Dataset

from cases import lists
from cases.models import Case
from core import clock
from core.text import has_control

RISKY = tuple("=+-@\t\r＝＋－＠")
TITLE = "民事支持起诉案件台账"
DAY, NUMBER = DateWidget(coerce_to_string=False), NumberWidget(coerce_to_string=False)


class CaseResource(resources.ModelResource):
    """The columns of the list, in its order, with the number of claimants and the sums (yuan)."""

    number = fields.Field(column_name="案号", attribute="official_number")
    code = fields.Field(column_name="内部编号", attribute="code")
    title = fields.Field(column_name="案件名称", attribute="title")
    cause = fields.Field(column_name="案由", attribute="cause_name")
    stage = fields.Field(column_name="阶段", attribute="get_stage_display")
    due = fields.Field(column_name="期限")
    handler = fields.Field(column_name="承办人")
    source = fields.Field(column_name="线索来源", attribute="get_source_display")
    received_on = fields.Field(column_name="收到日期", attribute="received_on", widget=DAY)
    accepted_on = fields.Field(column_name="受理日期", attribute="accepted_on", widget=DAY)
    decided_on = fields.Field(column_name="办结日期", attribute="decided_on", widget=DAY)
    claimants = fields.Field(column_name="申请人数", attribute="claimants_total", widget=NUMBER)
    claimed = fields.Field(column_name="涉案金额（元）", attribute="claimed_total", widget=NUMBER)
    recovered = fields.Field(column_name="已到账（元）", attribute="recovered_total", widget=NUMBER)

    class Meta:
        model = Case
        fields = export_order = (
            "number",
            "code",
            "title",
            "cause",
            "stage",
            "due",
            "handler",
            "source",
            "received_on",
            "accepted_on",
            "decided_on",
            "claimants",
            "claimed",
            "recovered",
        )

    def dehydrate_due(self, case: Any) -> str:
        return f"{case.clock.rule['name']} {case.clock.due_on}" if case.clock else ""

    def dehydrate_handler(self, case: Case) -> str:
        return str(case.handler or "")


class Workbooks(XLSX):
    """A workbook in which every text is a text: nothing a person typed becomes a formula."""

    title = TITLE

    def export_data(self, dataset: Dataset, **kwargs: Any) -> bytes:
        book = Workbook()
        sheet = book.active
        sheet.title = self.title
        for r, row in enumerate([dataset.headers, *dataset], start=1):
            for c, value in enumerate(row, start=1):
                write(sheet.cell(r, c), value)
        for c, heading in enumerate(dataset.headers, start=1):
            sheet.cell(1, c).font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(c)].width = max(12, 2 * len(heading) + 4)
        sheet.freeze_panes = "A2"
        buffer = BytesIO()
        book.save(buffer)
        return buffer.getvalue()


def write(cell: Any, value: Any) -> None:
    """Put a value into a cell; text that a spreadsheet could take for a formula is marked as quoted."""
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, Decimal):
            cell.number_format = "#,##0.00"
        return
    text = "".join(" " if has_control(c) else c for c in value)
    cell.value = text
    cell.data_type = "s"
    if text.startswith(RISKY):
        cell.quotePrefix = True


def workbook(cases: QuerySet[Case], sort: str) -> tuple[bytes, int]:
    """The file of these cases in this order, and how many there are."""
    found = lists.rows(cases, list(lists.in_order(cases, sort).values_list("pk", flat=True)))
    data = CaseResource().export(queryset=found)
    return Workbooks().export_data(data), len(found)


def file_name() -> str:
    return f"{TITLE}{clock.today()}.xlsx"
