"""The forms of triage. Each carries the lead's version: a stale one gets 409 and loses nothing."""

from typing import Any

from django import forms

from accounts.models import Organisation, User
from cases.causes import CAUSES
from cases.models import Source
from core.fields import CodeField, DayField, LongTextField, TextField
from core.forms import Form, Versioned
from referrals.models import Referral, ReferralOutcome
from referrals.triage.convert import WAGE_CAUSE
from referrals.workflow import Missing

TOLD = "移送单位会看到这段话。"
BLANK = [("", "请选择")]


class TriageForm(Versioned):
    """What all acts of triage share: the lead it is about."""

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        self.referral = referral
        kwargs["initial"] = {"version": referral.version} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.help_text == TOLD and not referral.unit_id:
                field.help_text = ""

    def left_out(self, name: str) -> bool:
        """The days of these forms are of new rows: nothing is stored that could be kept."""
        return False


class ConversionForm(TriageForm):
    handler = forms.ModelChoiceField(label="承办人", queryset=User.objects.none(), empty_label="请选择")
    cause = forms.ChoiceField(label="案由", choices=list(CAUSES.items()), initial=WAGE_CAUSE)

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, referral=referral, **kwargs)
        handlers = User.objects.handlers_of(referral.organisation)
        self.fields["handler"].queryset = handlers  # type: ignore[attr-defined]


class ReturnForm(TriageForm):
    items = forms.MultipleChoiceField(
        label="需要补正的内容", choices=Missing.choices, widget=forms.CheckboxSelectMultiple
    )
    note = LongTextField(label="说明", max_length=2000, required=False, help_text=TOLD)
    due_on = DayField(label="补正期限", past=False)


class RedirectionForm(TriageForm):
    receiving_body = TextField(
        label="引导去向", max_length=120, help_text="例如：集宁区劳动人事争议仲裁委员会"
    )
    explanation = LongTextField(label="说明", max_length=2000, help_text=TOLD)


class ConsultationForm(TriageForm):
    explanation = LongTextField(label="答复内容", max_length=2000, help_text=TOLD)


class UnwillingForm(TriageForm):
    asked_on = DayField(label="询问日期", future=False)
    asked_way = forms.ChoiceField(label="询问方式", choices=BLANK + ReferralOutcome.Way.choices)
    explanation = LongTextField(label="说明", max_length=2000, help_text=TOLD)


class InvalidationForm(TriageForm):
    reason = forms.ChoiceField(label="原因", choices=BLANK + ReferralOutcome.Invalidity.choices)
    duplicate_of = CodeField(
        label="与哪条重复", required=False, help_text="原因是重复时填本院线索或案件的编号"
    )
    explanation = LongTextField(label="说明", max_length=2000, help_text=TOLD)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("reason") == "duplicate" and "duplicate_of" in cleaned and not cleaned["duplicate_of"]:
            self.add_error("duplicate_of", "还没填与哪条重复，请填本院线索或案件的编号。")
        return cleaned


class TransferForm(TriageForm):
    target = forms.ModelChoiceField(
        label="受移送院", queryset=Organisation.objects.none(), empty_label="请选择"
    )
    explanation = LongTextField(label="移送理由", max_length=2000, help_text=TOLD)

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, referral=referral, **kwargs)
        others = Organisation.objects.offices().exclude(pk=referral.organisation_id)
        self.fields["target"].queryset = others  # type: ignore[attr-defined]


class NoteForm(Form):
    text = LongTextField(label="内部备注", max_length=2000, help_text="只给本院同事看，移送单位看不到。")


class FeedbackForm(Form):
    text = LongTextField(label="反馈内容", max_length=2000, help_text=TOLD)


class InboxFilter(Form):
    """The list's filters; all state is in the query string."""

    q = TextField(label="关键词", required=False)
    source = forms.ChoiceField(label="来源", choices=[("", "全部来源"), *Source.choices], required=False)
    urgent = forms.ChoiceField(
        label="绿色通道", choices=[("", "不限"), ("1", "只看绿色通道")], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = "编号、单位、项目、姓名、拼音首字母"
