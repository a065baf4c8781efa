from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.models import Organisation
from cases.models import Claimant
from core import clock
from core.fields import DayField, LongTextField, TextField, YuanField
from core.forms import Form, Once
from mediation.models import Mediation, Mediator


class MediatorField(forms.ModelChoiceField):
    def label_from_instance(self, mediator: Mediator) -> str:
        return f"{mediator}（{mediator.organisation}）"


class StartForm(Once):
    """启动和解."""

    kind = forms.ChoiceField(label="方式", choices=Mediation.Kind)
    mediator = MediatorField(
        label="调解员", queryset=Mediator.objects.none(), required=False, empty_label="由承办人主持"
    )
    started_on = DayField(label="开始日期", future=False, initial=clock.today)
    willing = forms.BooleanField(
        label="双方自愿",
        help_text="已分别征询双方，均自愿和解；不和解不影响审查。",
    )

    def __init__(self, *args: Any, office: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mediator: Any = self.fields["mediator"]
        mediator.queryset = Mediator.objects.roster_of(office).select_related("organisation")
        self.fields["willing"].error_messages["required"] = "和解须双方自愿。请先征询双方意愿，再勾选。"


class SessionForm(Once):
    """调解会."""

    held_on = DayField(label="日期", future=False, initial=clock.today)
    place = TextField(label="地点、方式", max_length=100)
    attended = TextField(label="参加人", max_length=200)
    notes = LongTextField(label="要点")
    result = TextField(label="结果", max_length=200)


class FailForm(Form):
    """未达成."""

    ended_on = DayField(label="结束日期", future=False, initial=clock.today)
    reason = TextField(label="未达成的原因", max_length=300)


class ConfirmationForm(Form):
    """司法确认."""

    applied = forms.TypedChoiceField(
        label="结果",
        choices=[("yes", "双方已共同申请"), ("no", "双方不申请")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    on = DayField(label="日期", future=False, initial=clock.today)


class AgreementForm(Once):
    """和解协议 with a sum and a day for each claimant. Nothing is filled in by itself, nothing is split (trap 6)."""

    made_on = DayField(label="签订日期", future=False, initial=clock.today)
    effective_on = DayField(label="生效日期", initial=clock.today)
    performance = TextField(label="履行方式", max_length=200)
    breach = TextField(label="违约约定", max_length=300, required=False)
    is_paid = forms.BooleanField(label="已当场付清", required=False)
    signed = forms.BooleanField(label="每名申请人均已签字")

    def __init__(self, *args: Any, claimants: Iterable[Claimant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.claimants = list(claimants)
        for claimant in self.claimants:
            self._add(f"amount_{claimant.pk}", YuanField(label=f"{claimant}的协议金额", positive=True))
            self._add(f"due_{claimant.pk}", DayField(label=f"{claimant}的约定付款日"))
        self.fields["signed"].error_messages["required"] = "协议须由每名申请人签字。请签字后再登记。"

    def _add(self, name: str, field: forms.Field) -> None:
        self._speak(field)
        field.widget.attrs["aria-label"] = field.label
        self.fields[name] = field

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if not bound.name.startswith(("amount_", "due_"))]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """One row per claimant: name, what is owed (yuan), the two inputs."""
        return [
            {
                "claimant": claimant,
                "owed": sum(item.owed for item in claimant.items.all()),
                "fields": [self[f"amount_{claimant.pk}"], self[f"due_{claimant.pk}"]],
            }
            for claimant in self.claimants
        ]

    @property
    def facts(self) -> dict[str, Any]:
        own = {bound.name for bound in self.main_fields}
        shares = {
            claimant: (
                self.cleaned_data[f"amount_{claimant.pk}"],
                self.cleaned_data[f"due_{claimant.pk}"],
            )
            for claimant in self.claimants
        }
        return {name: value for name, value in super().facts.items() if name in own} | {"shares": shares}
