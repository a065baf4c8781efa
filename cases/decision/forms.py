"""Forms of 拟处理意见: one for each matter. They check shape; the verb checks the rest."""

from typing import Any

from django import forms

from accounts.models import Organisation, OrganisationKind
from cases.decision.grounds import GROUNDS, LONGEST_EXTENSION
from cases.models import Case
from cases.workflow import Matter
from core.fields import DayField, LongTextField, TextField
from core.forms import STALE_PAGE, Once


def grounds_of(matter: Matter, label: str) -> forms.ChoiceField:
    """A list to choose the ground from; nothing is chosen beforehand."""
    return forms.ChoiceField(label=label, choices=[("", "请选择"), *GROUNDS[matter].choices])


class SubmitForm(Once):
    """提交审批 of what the paper says: nothing more to fill in. `expected_n` is the draft that was seen."""

    expected_n = forms.IntegerField(
        min_value=1, widget=forms.HiddenInput, error_messages={"required": STALE_PAGE, "invalid": STALE_PAGE}
    )


class SupportForm(Once):
    """拟支持起诉."""

    expected_n = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)
    court = TextField(label="致送法院", max_length=60)
    reasons = LongTextField(label="理由", help_text="审批人看到的理由，写清必要性和自愿性")


class DeclineForm(Once):
    """拟不支持起诉."""

    ground = grounds_of(Matter.DECLINE, "不支持起诉事由")
    reasons = LongTextField(label="理由", help_text="写明不支持的理由和告知申请人的其他途径")


class TerminateForm(Once):
    """拟终结审查."""

    ground = grounds_of(Matter.TERMINATE, "终结审查事由")
    reasons = LongTextField(label="理由")


class TransferForm(Once):
    """拟移送他院."""

    target = forms.ModelChoiceField(
        label="受移送检察院", queryset=Organisation.objects.none(), empty_label="请选择"
    )
    reasons = LongTextField(label="理由", help_text="写明有管辖权的法院和本院为什么不宜办理")


class SuspendForm(Once):
    """拟中止审查."""

    ground = grounds_of(Matter.SUSPEND, "中止事由")
    starts_on = DayField(label="中止日期", future=False)
    reasons = LongTextField(label="理由", max_length=200)


class ExtendForm(Once):
    """拟延长审查期限."""

    days = forms.IntegerField(label="延长天数", min_value=1, max_value=LONGEST_EXTENSION)
    reasons = LongTextField(label="理由", max_length=200)


class WithdrawSupportForm(Once):
    """拟撤回支持起诉."""

    ground = grounds_of(Matter.WITHDRAW_SUPPORT, "撤回事由")
    reasons = LongTextField(label="理由")


FORMS: dict[Matter, type[Once]] = {
    Matter.SUPPORT: SupportForm,
    Matter.DECLINE: DeclineForm,
    Matter.TERMINATE: TerminateForm,
    Matter.TRANSFER: TransferForm,
    Matter.SUSPEND: SuspendForm,
    Matter.EXTEND: ExtendForm,
    Matter.WITHDRAW_SUPPORT: WithdrawSupportForm,
}


def form_for(case: Case, matter: Matter, data: Any, initial: dict[str, Any]) -> Once:
    """The matter's form; 移送 lists the other procuratorates."""
    form = FORMS[matter](data, initial=initial)
    if isinstance(form, TransferForm):
        offices = Organisation.objects.filter(kind=OrganisationKind.PROCURATORATE)
        target = form.fields["target"]
        assert isinstance(target, forms.ModelChoiceField)
        target.queryset = offices.exclude(pk=case.organisation_id).order_by("code")
    return form
