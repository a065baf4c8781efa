"""The form of 审批: one opinion, two buttons."""

from typing import Any

from django import forms

from approvals.models import ApprovalRound
from core import clock
from core.fields import DayField, LongTextField
from core.forms import STALE_PAGE, Form


class DecideForm(Form):
    """同意 asks whether the text was read, and of the last step for the day; 退回修改 asks for an opinion.

    `step` is the step that the page showed, so that whoever comes second decides nothing else.
    """

    step = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": STALE_PAGE, "invalid": STALE_PAGE}
    )
    opinion = LongTextField(label="意见", required=False)
    decided_on = DayField(label="决定日期", future=False)
    read = forms.BooleanField(label="我已阅读全文")

    def __init__(self, *args: Any, is_last: bool, agreeing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreeing = agreeing
        self.fields["decided_on"].required = self.fields["read"].required = agreeing
        self.fields["read"].error_messages["required"] = "还没勾选“我已阅读全文”，请读完再同意。"
        self.fields["opinion"].widget.attrs["rows"] = 3
        if not is_last:
            del self.fields["decided_on"]

    def clean_opinion(self) -> str:
        opinion: str = self.cleaned_data["opinion"]
        if not self.agreeing and not opinion:
            raise forms.ValidationError("还没填意见。退回修改请写明意见，让承办人知道改哪里。")
        return opinion or "同意。"

    @property
    def facts(self) -> dict[str, Any]:
        wanted = ("step", "opinion", "decided_on") if self.agreeing else ("step", "opinion")
        return {name: value for name, value in super().facts.items() if name in wanted}


def decide_form(round: ApprovalRound, data: Any) -> DecideForm:
    """The form for the round's current step; today is proposed as the day of the decision."""
    step = round.current_step
    is_last = step is not None and not round.steps.filter(order__gt=step.order).exists()
    agreeing = data is None or data.get("act") != "send_back"
    initial = {"step": step and step.pk, "decided_on": clock.today()}
    return DecideForm(data, initial=initial, is_last=is_last, agreeing=agreeing)
