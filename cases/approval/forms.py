"""The forms of 审批: one opinion with its buttons, 转办 and 加签."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import User
from accounts.models.user import UserQuerySet
from approvals.models import ApprovalRound, ReturnReason
from core import clock
from core.fields import DayField, LongTextField, TextField
from core.forms import STALE_PAGE, Form

STALE = {"required": STALE_PAGE, "invalid": STALE_PAGE}


UNSAID = "unsaid"
CHOOSE = "还没选怎么处理。请点“同意”，或者“退回修改”（加签人点“不同意”）。"


class DecideForm(Form):
    """同意 asks whether the text was read, and of the last step for the day; 退回修改 asks for an opinion and where.

    `step` is the step that the page showed, so that whoever comes second decides nothing else; `seen` the text.
    """

    step = forms.IntegerField(widget=forms.HiddenInput, error_messages=STALE)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    usual = forms.CharField(label="常用意见", required=False, max_length=200, widget=forms.RadioSelect)
    opinion = LongTextField(label="意见", required=False)
    decided_on = DayField(label="决定日期", future=False)
    reason = forms.ChoiceField(
        label="退回原因", required=False, choices=ReturnReason, widget=forms.RadioSelect
    )
    quote = LongTextField(label="引用原文", required=False, help_text="从左边文书复制要改的一句")
    read = forms.BooleanField(label="我已阅读全文", required=False)

    def __init__(
        self,
        *args: Any,
        act: str,
        is_last: bool,
        has_read: bool,
        said: str,
        usual: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.act, self.has_read, self.said = act, has_read, said
        self.fields["decided_on"].required = act == "approve"
        self.fields["opinion"].widget.attrs["rows"] = 3
        self.fields["quote"].widget.attrs["rows"] = 2
        self.fields["read"].widget.attrs["form"] = "decide"
        self.fields["usual"].widget.choices = [(each, each) for each in usual]
        if not usual:
            del self.fields["usual"]
        if not is_last:
            del self.fields["decided_on"]

    @property
    def agreeing(self) -> bool:
        return self.act == "approve"

    def clean_read(self) -> bool:
        if self.agreeing and not (self.cleaned_data["read"] or self.has_read):
            raise forms.ValidationError("还没勾选“我已阅读全文”，也没读到文末，请读完再同意。")
        return bool(self.cleaned_data["read"])

    def clean_quote(self) -> str:
        quote: str = self.cleaned_data["quote"]
        if self.act == "send_back" and quote and "".join(quote.split()) not in "".join(self.said.split()):
            raise forms.ValidationError("引用的原文在送审内容里找不到，请从左边复制原句，或者改选退回原因。")
        return quote

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if self.act == UNSAID:
            raise forms.ValidationError(CHOOSE)
        opinion = " ".join(filter(None, [facts.get("usual", ""), facts.get("opinion", "")]))
        if self.agreeing:
            facts["opinion"] = opinion or "同意。"
            return facts
        if self.act == "send_back" and not (
            facts.get("reason") or facts.get("quote") or "quote" in self.errors
        ):
            self.add_error("reason", "还没说明改哪里。请选一个退回原因，或者引用要改的原文。")
        if not opinion and "opinion" not in self.errors:
            self.add_error("opinion", NO_OPINION[self.act])
        facts["opinion"] = opinion
        return facts

    @property
    def facts(self) -> dict[str, Any]:
        wanted = {
            "approve": ("step", "opinion", "decided_on", "read"),
            "send_back": ("step", "opinion", "reason", "quote"),
            "disagree": ("step", "opinion"),
        }[self.act]
        return {name: value for name, value in super().facts.items() if name in wanted}


NO_OPINION = {
    "send_back": "还没填意见。退回修改请写明意见，让承办人知道改哪里。",
    "disagree": "还没填意见。不同意请写明意见，供提请加签的人参考。",
}


class HandOverForm(Form):
    """转办: to whom, and why."""

    step = forms.IntegerField(widget=forms.HiddenInput, error_messages=STALE)
    to = forms.ModelChoiceField(label="转办给", queryset=User.objects.none(), empty_label="请选择")
    reason = TextField(label="转办原因", max_length=200)

    def __init__(self, *args: Any, people: UserQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class CountersignForm(Form):
    """加签: whom to ask, and about what."""

    step = forms.IntegerField(widget=forms.HiddenInput, error_messages=STALE)
    of = forms.ModelChoiceField(label="请谁加签", queryset=User.objects.none(), empty_label="请选择")
    question = TextField(label="请对方看什么", max_length=200)

    def __init__(self, *args: Any, people: UserQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of"].queryset = people  # type: ignore[attr-defined]


def is_last(round: ApprovalRound) -> bool:
    """Whether the current step is the one that decides."""
    step = round.current_step
    return step is not None and not round.steps.filter(order__gt=step.order).exists()


def initial_of(round: ApprovalRound, seen: str) -> dict[str, Any]:
    """What a fresh form says: the step and text of the page, today as the day of the decision."""
    step = round.current_step
    return {"step": step and step.pk, "seen": seen, "decided_on": clock.today()}
