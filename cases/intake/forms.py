from typing import Any

from django import forms

from accounts.models import Organisation, User
from cases.models import AcceptanceReview, Answer, Case
from core import clock
from core.fields import DayField, LongTextField
from core.forms import Form, Once, Versioned

CONDITIONS = {
    "in_scope": "属于民事支持起诉的范围",
    "right_holder": "申请人是权利受到侵害的人",
    "clear_respondent": "有明确的被申请人",
    "jurisdiction": "属于本院管辖",
    "voluntary": "本人自愿申请支持起诉",
    "weak_ability": "诉讼能力不足，不能或者不敢起诉",
    "other_relief": "已寻求其他救济，未能实现",
    "not_in_court": "法院尚未受理或者裁判",
}


def _answer(label: str) -> forms.ChoiceField:
    words = {"required": f"“{label}”还没选，请选是、否或不适用。"}
    return forms.ChoiceField(
        label=label, choices=Answer.choices, widget=forms.RadioSelect, error_messages=words
    )


class ExamineForm(Versioned):
    """受理审查: eight conditions, a proposal, an opinion."""

    in_scope = _answer(CONDITIONS["in_scope"])
    right_holder = _answer(CONDITIONS["right_holder"])
    clear_respondent = _answer(CONDITIONS["clear_respondent"])
    jurisdiction = _answer(CONDITIONS["jurisdiction"])
    voluntary = _answer(CONDITIONS["voluntary"])
    weak_ability = _answer(CONDITIONS["weak_ability"])
    other_relief = _answer(CONDITIONS["other_relief"])
    not_in_court = _answer(CONDITIONS["not_in_court"])
    proposal = forms.ChoiceField(
        label="拟办意见", choices=AcceptanceReview.Proposal.choices, widget=forms.RadioSelect
    )
    ground = forms.ChoiceField(
        label="不予受理事由", choices=[("", "无"), *AcceptanceReview.Ground.choices], required=False
    )
    opinion = LongTextField(label="审查意见")
    examined_on = DayField(label="审查日期", future=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("proposal") == AcceptanceReview.Proposal.REJECT and not data.get("ground"):
            self.add_error("ground", "建议不予受理还没选事由，请在列表里选一项。")
        if data.get("proposal") == AcceptanceReview.Proposal.ACCEPT:
            data["ground"] = ""
        return data

    @property
    def facts(self) -> dict[str, Any]:
        return super().facts | {"version": self.cleaned_data["version"]}


class AcceptForm(Once):
    """受理: only the day, which a person states."""

    decided_on = DayField(label="受理日期", future=False)


class RejectForm(Once):
    """不予受理: ground, the other route, the day."""

    ground = forms.ChoiceField(
        label="不予受理事由", choices=[("", "请选择"), *AcceptanceReview.Ground.choices]
    )
    advice = LongTextField(label="告知申请人的其他途径")
    decided_on = DayField(label="决定日期", future=False)


class SupplementForm(Once):
    """补正通知."""

    items = LongTextField(label="需补正的材料", help_text="一行写一项，申请人会照此准备。")
    due_on = DayField(label="补正期限", past=False)


class SupplementDoneForm(Once):
    """收到补正."""

    completed_on = DayField(label="补正完成日期", future=False)


class AssignForm(Form):
    """分派承办人: those of the office who may handle."""

    handler = forms.ModelChoiceField(label="承办人", queryset=User.objects.none(), empty_label="请选择")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = User.objects.handlers_of(case.organisation)  # type: ignore[attr-defined]


class TransferForm(Once):
    """移送他院."""

    target = forms.ModelChoiceField(
        label="受移送检察院", queryset=Organisation.objects.none(), empty_label="请选择"
    )
    reason = LongTextField(label="移送理由")
    sent_on = DayField(label="移送日期", future=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Organisation.objects.offices().exclude(pk=case.organisation_id)
        self.fields["target"].queryset = others  # type: ignore[attr-defined]


def today() -> dict[str, Any]:
    """First value of a legal date: today, for a person to confirm or change."""
    return {name: clock.today() for name in ("decided_on", "examined_on", "completed_on", "sent_on")}
