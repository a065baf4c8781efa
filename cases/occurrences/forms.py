from datetime import datetime, time
from typing import Any

from django import forms

from cases.models import Case, Paper
from cases.occurrences.announcing import ANNOUNCED
from cases.occurrences.effects import Effects
from cases.occurrences.kinds import KINDS, Body
from core import clock
from core.fields import DayField, TextField
from core.forms import Form, Once


def choices_at(case: Case, only: str = "") -> list[Any]:
    """The events of this stage in groups by whose they are; `only` those that stop this clock."""
    groups: list[Any] = [("", "请选择")]
    for body in Body:
        rows = [
            (code, kind.label)
            for code, kind in KINDS.items()
            if kind.body == body and case.stage in kind.stages and (not only or only in kind.stopped)
        ]
        groups += [(body.label, rows)] if rows else []
    return groups


class EventForm(Form):
    """选择事件: what happened and when. Sent by GET, so that the page can say first what it would do."""

    kind = forms.ChoiceField(label="事件")
    on = DayField(label="日期", help_text="事情发生的那一天，例如收到、送达、受理的日期")
    hour = forms.TimeField(
        label="时刻",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text="只有按小时计算的期限（紧急保全）要填",
    )
    paper = forms.ChoiceField(
        label="公告的文书",
        required=False,
        choices=[("", "按案件进度判断"), *Paper.choices],
        help_text="只有公告送达要选；期满后答辩或上诉期限由它开始",
    )

    def __init__(self, *args: Any, case: Case, only: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices_at(case, only)  # type: ignore[attr-defined]
        if case.stage not in KINDS[ANNOUNCED].stages:
            del self.fields["paper"]

    @property
    def event(self) -> dict[str, Any]:
        """What `actions.record` takes: kind, day, the instant where an hour was given, what was announced."""
        hour: time | None = self.cleaned_data["hour"]
        on = self.cleaned_data["on"]
        at = datetime.combine(on, hour, tzinfo=clock.SHANGHAI) if hour else None
        paper = self.cleaned_data.get("paper", "")
        return {"kind": self.cleaned_data["kind"], "on": on, "at": at, "paper": paper}


class RecordForm(Once):
    """登记事件: which of the open clocks it ends, whether it is another one of what is on record, and a note."""

    ends = forms.MultipleChoiceField(
        label="随之办结的期限", required=False, widget=forms.CheckboxSelectMultiple
    )
    again = forms.BooleanField(label="确实是另一次", required=False)
    note = TextField(
        label="说明", required=False, help_text="例如：向第二被告送达。不要写身份证号、电话等个人信息"
    )

    def __init__(self, *args: Any, effects: Effects | None, twin: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["again"].help_text = f"{twin}例如向另一名被告送达，才勾选"
        if not twin:
            del self.fields["again"]
        if effects is None or not effects.end:
            del self.fields["ends"]
            return
        choices = [
            (str(one.pk), f"{one.rule['name']}（{one.starts_on} 起算，{one.due_on} 到期）")
            for one in effects.end
        ]
        self.fields["ends"].choices = choices  # type: ignore[attr-defined]
        self.fields["ends"].initial = [key for key, _ in choices]

    @property
    def facts(self) -> dict[str, Any]:
        found = super().facts
        return found | ({"ends": [int(key) for key in found["ends"]]} if "ends" in found else {})


class WithdrawForm(Once):
    """撤销事件."""

    reason = TextField(label="撤销理由", help_text="例如：登记到了别的案件")


class FinishForm(Once):
    """办结."""

    on = DayField(label="办结日期", future=False)
    note = TextField(label="说明", required=False, help_text="不要写身份证号、电话等个人信息")


class ExtendForm(Once):
    """登记延长: what the rule grants, counted by the program; else by days, or to a day, as it was approved."""

    until = DayField(label="延长到", required=False, help_text="批准写明到期日的，填这一项")
    days = forms.IntegerField(
        label="延长天数", min_value=1, max_value=400, required=False, help_text="批准写明天数的，填这一项"
    )
    above = forms.BooleanField(
        label="上级法院已批准再延长",
        required=False,
        help_text="超过规定上限的，或者第二次延长的，才勾选；同时填写批准的到期日或者天数",
    )
    reason = TextField(label="事由", help_text="谁批准、为什么，例如：经法院院长批准，案情复杂")

    def __init__(self, *args: Any, rule: dict[str, Any], usual: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if usual:
            self.fields["until"].help_text = f"批准写明别的到期日的才填；不填的，{usual}"
            self.fields["days"].help_text = "批准写明天数的才填"
        if not rule.get("extension_above"):
            del self.fields["above"]


class TakeBackForm(Once):
    """撤销延长."""

    reason = TextField(label="撤销理由", help_text="例如：批准的是 15 日，错填成 50 日")
