from django import forms

from cases.enforcement.policy import RESULTS
from cases.models import Closure, FollowUp
from core.fields import CourtNumberField, DayField, LongTextField, TextField
from core.forms import Once, Versioned

RETENTIONS = ("永久", "60 年", "30 年")


class ApplyForm(Once):
    """申请执行."""

    applied_on = DayField(label="申请执行日期", future=False)
    court = TextField(label="执行法院", max_length=60)
    court_number = CourtNumberField(
        label="执行案号", required=False, help_text="法院立案执行后再填也可以，例如（2026）内0902执88号。"
    )


class UpdateForm(Versioned):
    """执行登记: number, 终本, 恢复执行."""

    applied_on = DayField(label="申请执行日期", future=False)
    court = TextField(label="执行法院", max_length=60)
    court_number = CourtNumberField(label="执行案号", required=False)
    terminated_for_now_on = DayField(label="终本日期", future=False, required=False)
    resumed_on = DayField(label="恢复执行日期", future=False, required=False)

    @property
    def facts(self) -> dict[str, object]:
        return super().facts | {"version": self.cleaned_data["version"]}


class FollowUpForm(Once):
    """跟进: a measure or a call-back."""

    kind = forms.ChoiceField(label="类型", choices=[("", "请选择"), *FollowUp.Kind.choices])
    on = DayField(label="日期", future=False)
    result = LongTextField(label="情况", help_text="例如申请人已收到多少、对方财产线索、下一步安排。")


class CloseForm(Once):
    """跟进办结."""

    result = forms.ChoiceField(
        label="结果", choices=[choice for choice in Closure.Result.choices if choice[0] in RESULTS]
    )
    closed_on = DayField(label="办结日期", future=False)
    note = LongTextField(label="说明", required=False, help_text="没有全部到账的必须写明原因。")


class ArchiveForm(Once):
    """归档."""

    archived_on = DayField(label="归档日期", future=False)
    volume = TextField(label="档号", max_length=60)
    pages = forms.IntegerField(label="页数", min_value=1, max_value=100_000)
    retention = forms.ChoiceField(label="保管期限", choices=[(text, text) for text in RETENTIONS])
