from typing import Any, ClassVar

from django import forms
from django.forms.widgets import DateTimeInput

from cases.filing.lines import PerClaimant
from cases.models import Claimant, Filing, Judgment, Procedure
from core import clock
from core.fields import CourtNumberField, DayField, LongTextField, TextField, YuanField
from core.forms import Form, Once

CHOOSE = ("", "请选择")


class FileForm(PerClaimant, Once):
    """法院立案: one number for all, and one for each claimant where the court opens a case per worker."""

    lines_as = "numbers"

    court = TextField(label="受理法院", max_length=60)
    court_number = CourtNumberField(
        label="法院案号", help_text="例如（2026）内0902民初123号。分别立案的填第一件，再在下面逐人填写。"
    )
    filed_on = DayField(label="立案日期", future=False)
    procedure = forms.ChoiceField(
        label="审理程序", choices=[CHOOSE, *Procedure.choices], help_text="审限按这里选的程序起算。"
    )
    judge = TextField(label="承办法官", max_length=40, required=False)
    fee = YuanField(label="诉讼费（元）", required=False)
    fee_handling = forms.ChoiceField(
        label="诉讼费处理", choices=[("", "未登记"), *Filing.FeeHandling.choices], required=False
    )
    preservation = TextField(label="保全、先予执行", max_length=200, required=False)

    def line_field(self, claimant: Claimant) -> forms.Field:
        return CourtNumberField(label=f"{claimant}的法院案号", required=False)


class RefusedForm(Once):
    """法院不予受理."""

    court = TextField(label="法院", max_length=60)
    refused_on = DayField(label="裁定日期", future=False)
    reason = LongTextField(label="法院理由")
    next_step = LongTextField(label="下一步", help_text="例如补充材料后再次起诉、先申请仲裁、就裁定上诉。")


class EndForm(Once):
    """办结: the day and, as nothing or not all was paid, the reason."""

    closed_on = DayField(label="办结日期", future=False)
    note = LongTextField(label="说明", help_text="写明原因和款项情况，例如撤诉前已付多少。")


class HearingForm(Once):
    """开庭: held already or still ahead."""

    held_at = forms.DateTimeField(
        label="开庭时间",
        widget=DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={"invalid": "开庭时间请写成类似 2026-12-03 09:30 的样子。"},
    )
    place = TextField(label="地点", max_length=100)
    notice_received_on = DayField(label="收到通知日期", future=False, required=False)
    prosecutor_attended = forms.BooleanField(label="检察官出庭", required=False)
    opinion_read = forms.BooleanField(label="宣读支持起诉书", required=False)
    note = LongTextField(label="庭审情况", required=False, help_text="还没开庭的先不填，开庭后再补登记。")


class ReportForm(Form):
    """庭审情况 of a hearing that was registered before it was held."""

    prosecutor_attended = forms.BooleanField(label="检察官出庭", required=False)
    opinion_read = forms.BooleanField(label="宣读支持起诉书", required=False)
    note = LongTextField(label="庭审情况")


class JudgmentForm(PerClaimant, Once):
    """裁判: result, adoption, and each claimant's sum where the result gives money."""

    lines_as = "awards"
    columns: ClassVar[list[tuple[str, str]]] = [("owed", "诉求（元）"), ("received", "已到账（元）")]

    kind = forms.ChoiceField(label="文书种类", choices=[CHOOSE, *Judgment.Kind.choices])
    result = forms.ChoiceField(
        label="结果",
        choices=[CHOOSE, *Judgment.Result.choices],
        help_text="二审维持原判的，按维持后的结果选。",
    )
    adopted = forms.ChoiceField(label="支持意见采纳情况", choices=[CHOOSE, *Judgment.Adopted.choices])
    number = TextField(label="裁判文书号", max_length=60)
    made_on = DayField(label="裁判日期", future=False)
    last_served_on = DayField(
        label="最后送达日期",
        future=False,
        required=False,
        help_text="最后一方当事人收到的日期，上诉期从次日起算。还没送达完的以后再登记。",
    )
    note = LongTextField(label="说明", required=False)

    def line_field(self, claimant: Claimant) -> forms.Field:
        field = YuanField(label=f"{claimant}的确认金额", required=False)
        field.widget.attrs["data-share"] = ""
        return field


class ServedForm(Once):
    """裁判最后送达."""

    last_served_on = DayField(label="最后送达日期", future=False)


class AppealForm(Once):
    """上诉."""

    party = TextField(label="上诉人", max_length=100)
    filed_on = DayField(label="上诉日期", future=False)
    court = TextField(label="二审法院", max_length=60, required=False)
    court_number = CourtNumberField(label="二审案号", required=False)


class EffectiveForm(Once):
    """裁判生效."""

    effective_on = DayField(label="生效日期", future=False)
    performance_due_on = DayField(
        label="履行期限届满日",
        help_text="分期履行的填最后一期；没有约定履行期限的填生效日期。申请执行时效从次日起算二年。",
    )


def today(*names: str) -> dict[str, Any]:
    """First value of a legal date: today, for a person to confirm or change."""
    return dict.fromkeys(names, clock.today())
