"""Forms of 时效. They check shape; the verbs ask the rest."""

from typing import Any

from django import forms

from cases.forms import Editing
from cases.models import Limitation, LimitationEvent
from core.fields import DayField, LongTextField, TextField
from core.forms import Once

CHOOSE = ("", "请选择")
CIVIL = [
    (code, label)
    for code, label in Limitation.Kind.choices
    if code in (Limitation.Kind.CIVIL, Limitation.Kind.CIVIL_UNDATED)
]
BASES = {
    Limitation.Kind.LABOUR: "知道或者应当知道权利被侵害之日",
    Limitation.Kind.WAGE: "劳动关系终止之日",
    Limitation.Kind.DOUBLE_WAGE: "应付双倍工资的最后一日；各地算法不一，写明依据",
    Limitation.Kind.CIVIL: "约定付款日；分期付款的是最后一期",
    Limitation.Kind.CIVIL_UNDATED: "催要后宽限期届满之日，或者对方第一次明确拒绝之日",
}


class EventForm(Once):
    """时效中断、中止."""

    kind = forms.ChoiceField(label="事由", choices=[CHOOSE, *LimitationEvent.Kind.choices])
    on = DayField(label="日期", future=False, help_text="到达对方或者受理的日期；中止填障碍发生的日期")
    removed_on = DayField(label="障碍消除日期", required=False, future=False, help_text="只有中止事由才填")
    evidence = TextField(label="依据", help_text="哪一份证据能证明，例如：2026-03-02 微信催要记录")


class ConfirmForm(Once):
    """确认时效事由: only the button."""


class VoidForm(Once):
    """撤销时效事由."""

    reason = TextField(label="撤销理由", help_text="例如：催要的是另一笔欠款")


class HintForm(Once):
    """采纳时效中断提示: the day that was on the page, so that a corrected one is not confirmed unseen."""

    on = DayField(label="日期", widget=forms.HiddenInput)


class DismissForm(HintForm):
    """不采纳时效中断提示."""

    reason = TextField(label="理由", help_text="为什么不引起时效中断，例如：投诉的是另一工程的欠薪")


class LiftForm(Once):
    """障碍消除."""

    removed_on = DayField(label="障碍消除日期", future=False)


class BaseForm(Editing):
    """起算日: with the kind where the two civil ones differ, and the switch of 劳动关系尚未终止 for wages."""

    kind = forms.ChoiceField(label="时效种类", choices=CIVIL)
    base_on = DayField(label="起算日", required=False, future=False)
    still_employed = forms.BooleanField(label="劳动关系尚未终止，时效还不起算", required=False)
    base_note = TextField(label="依据", help_text="为什么从这一天起算；更正的写明更正理由")

    def __init__(self, data: Any, *, limitation: Limitation) -> None:
        fields = ("kind", "base_on", "still_employed", "base_note", "version")
        super().__init__(data, initial={name: getattr(limitation, name) for name in fields})
        self.fields["base_on"].help_text = BASES[Limitation.Kind(limitation.kind)]
        if not limitation.is_civil:
            del self.fields["kind"]
        if limitation.kind != Limitation.Kind.WAGE:
            del self.fields["still_employed"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "base_on" in self.errors:
            return data
        if data.get("still_employed") and data.get("base_on"):
            self.add_error("base_on", "劳动关系尚未终止的，不填起算日。请改其中一项。")
        elif not data.get("still_employed") and not data.get("base_on"):
            self.add_error("base_on", "还没填起算日。")
        return data


class AcknowledgeForm(Once):
    """知悉."""

    note = LongTextField(
        label="处理说明",
        max_length=180,
        help_text="写明怎样处理届满的风险，例如：已向申请人释明，对方可能以此抗辩",
    )
