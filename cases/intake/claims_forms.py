"""Forms of 当事人与诉求: who, what is claimed, consent, withdrawal."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from accounts.models import User
from cases.causes import Category
from cases.forms import Editing
from cases.intake.claims import ITEM, SEALED
from cases.intake.facts import ClaimantFacts, PersonFacts
from cases.models import Case, Claimant, ClaimItem, Consent, IdType, Person
from cases.review.policy import why_not_reveal
from core.fields import BankCardField, DayField, NameField, PhoneField, TextField, YuanField
from core.forms import Form, Once, Versioned
from core.identity import parse_id_number
from core.text import fold_digits

OF_PERSON = (
    "name",
    "id_type",
    "id_number",
    "phone",
    "bank_account",
    "bank_name",
    "address",
    "ethnicity",
)
BANK = ("bank_account", "bank_name")
SPARE_ROWS = 3


class PersonFields(Form):
    """身份信息. The bank account is only there for those who may see it."""

    name = NameField(label="姓名")
    id_type = forms.ChoiceField(label="证件类型", choices=IdType.choices, initial=IdType.RESIDENT)
    id_number = TextField(label="证件号码", max_length=30, required=False)
    phone = PhoneField(label="手机号", required=False)
    bank_account = BankCardField(label="银行卡号", required=False)
    bank_name = TextField(label="开户行", max_length=60, required=False)
    address = TextField(label="住址", required=False)
    ethnicity = TextField(label="民族", max_length=20, required=False)

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if why_not_reveal(case, user, bank=True):
            for name in BANK:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if number := data.get("id_number"):
            try:
                data["id_number"] = read_number(number, data.get("id_type", ""))
            except ValueError as error:
                self.add_error("id_number", str(error))
        return data


def read_number(number: str, id_type: str) -> str:
    """A resident's number is checked to its last digit; other papers are only folded."""
    return parse_id_number(number) if id_type == IdType.RESIDENT else fold_digits(number).upper()


class PersonForm(PersonFields, Editing):
    """修改身份信息: what is encrypted is never shown; left blank, it stays."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        initial = {name: getattr(person, name) for name in OF_PERSON if name not in SEALED}
        super().__init__(*args, initial=initial | {"version": person.version}, **kwargs)
        for name, mask in SEALED.items():
            if name in self.fields:
                masked = mask(getattr(person, name))
                self.fields[name].help_text = f"现为 {masked}，不改请留空" if masked else ""


class WorkFields(Form):
    """务工情况."""

    job = TextField(label="工种", max_length=40, required=False)
    worked_from = DayField(label="务工开始", required=False, future=False)
    worked_to = DayField(label="务工结束", required=False)
    wage_standard = TextField(label="约定标准", max_length=100, required=False, help_text="例如：每天 300 元")
    weakness = TextField(
        label="诉讼能力不足情形", required=False, help_text="例如：不识字、无力委托律师、证据在对方手里"
    )
    remark = TextField(label="备注", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        check_order(self, data, "worked_from", "worked_to", "务工")
        return data


def check_order(form: Form, data: dict[str, Any], first: str, last: str, what: str) -> None:
    """A period must not end before it begins."""
    start, end = data.get(first), data.get(last)
    if isinstance(start, date) and isinstance(end, date) and end < start:
        form.add_error(last, f"{what}结束（{end}）早于开始（{start}），请改其中一个。")


class ClaimantNewForm(WorkFields, PersonFields, Once):
    """增加申请人 with the first claim item."""

    kind = forms.ChoiceField(label="请求类型", choices=ClaimItem.Kind.choices)
    due = YuanField(label="应付（元）", required=False)
    paid = YuanField(label="已付（元）", required=False)
    consented_on = DayField(
        label="自愿申请签字日期", required=False, future=False, help_text="还没签的，之后逐人登记"
    )
    field_order = (*OF_PERSON, "job", "worked_from", "worked_to", "wage_standard", "kind", "due", "paid")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.of_wages = case.category == Category.WAGES
        self.fields["due"].required = self.of_wages
        kind = ClaimItem.Kind.UNPAID_WAGE if self.of_wages else ClaimItem.Kind.OTHER
        self.fields["kind"].initial = kind

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        check_paid(self, data, "due", "paid")
        return data

    @property
    def facts(self) -> dict[str, Any]:
        data = super().facts
        person = PersonFacts(**{name: data.pop(name) for name in OF_PERSON if name in data})
        data["due"], data["paid"] = data["due"] or Decimal(0), data["paid"] or Decimal(0)
        return {"facts": ClaimantFacts(person=person, **data)}


def check_paid(form: Form, data: dict[str, Any], due: str, paid: str) -> None:
    """Nobody has been paid more than is due; said once, and with the row it is about."""
    if due not in form.errors and (data.get(paid) or 0) > (data.get(due) or 0):
        row = str(form.fields[paid].label).partition("已付")[0]
        form.add_error(paid, f"{row}已付大于应付，请核对两个金额。")


class ClaimantForm(WorkFields, Editing):
    """修改申请人."""

    is_representative = forms.BooleanField(label="诉讼代表人", required=False)


class ItemsForm(Versioned):
    """诉求明细: the rows there are and a few blank ones. A row without any figure or day is blank."""

    def __init__(self, *args: Any, claimant: Claimant, **kwargs: Any) -> None:
        stored = list(claimant.items.values(*ITEM))
        typed = args[0] if args and args[0] is not None else None
        self.size = len(stored) + SPARE_ROWS
        if typed is not None:
            self.size = min(max(self.size, sum(name.startswith("kind-") for name in typed)), 50)
        initial = {f"{name}-{n}": row[name] for n, row in enumerate(stored) for name in ITEM}
        super().__init__(*args, initial=initial | {"version": claimant.version}, **kwargs)
        for n in range(self.size):
            for name, field in _row(n).items():
                self._speak(field)
                self.fields[f"{name}-{n}"] = field

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        return [[self[f"{name}-{n}"] for name in ITEM] for n in range(self.size)]

    def left_out(self, name: str) -> bool:
        """A row without any input in the post was taken away with its days; of one that is there a day stays."""
        _, dash, n = name.rpartition("-")
        row_is_there = not dash or any(f"{each}-{n}" in self.data for each in ITEM)
        return row_is_there and super().left_out(name)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for n in range(self.size):
            if self._is_blank(data, n) or self._failed(n):
                continue
            if not data.get(f"kind-{n}"):
                self.add_error(f"kind-{n}", f"还没选第 {n + 1} 项请求类型，请在列表里选一项。")
            if not data.get(f"due-{n}"):
                self.add_error(f"due-{n}", f"还没填第 {n + 1} 项应付，金额要大于 0。")
            check_paid(self, data, f"due-{n}", f"paid-{n}")
            check_order(self, data, f"period_from-{n}", f"period_to-{n}", f"第 {n + 1} 项期间")
        return data

    def _is_blank(self, data: dict[str, Any], n: int) -> bool:
        return not any(data.get(f"{name}-{n}") for name in ITEM if name != "kind") and not self._failed(n)

    def _failed(self, n: int) -> bool:
        return any(f"{name}-{n}" in self.errors for name in ITEM)

    @property
    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        items = [
            {name: data[f"{name}-{n}"] for name in ITEM} | {"paid": data[f"paid-{n}"] or Decimal(0)}
            for n in range(self.size)
            if not self._is_blank(data, n)
        ]
        return {"items": items, "version": data["version"]}


def _row(n: int) -> dict[str, forms.Field]:
    """The fields of one claim item; their labels carry the row's number for the ear."""
    return {
        "kind": forms.ChoiceField(
            label=f"第 {n + 1} 项请求类型", choices=ClaimItem.Kind.choices, required=False
        ),
        "period_from": DayField(label=f"第 {n + 1} 项期间开始", required=False),
        "period_to": DayField(label=f"第 {n + 1} 项期间结束", required=False),
        "due": YuanField(label=f"第 {n + 1} 项应付", required=False),
        "paid": YuanField(label=f"第 {n + 1} 项已付", required=False),
        "formula": TextField(label=f"第 {n + 1} 项计算过程", max_length=300, required=False),
    }


class ConsentForm(Once):
    """登记自愿申请, or that it was taken back."""

    kind = forms.ChoiceField(label="方式", choices=Consent.Kind.choices, widget=forms.RadioSelect)
    given_on = DayField(label="日期", future=False)


class WithdrawForm(Once):
    """申请人撤回."""

    withdrawn_on = DayField(label="撤回日期", future=False)
    reason = TextField(label="撤回原因")
