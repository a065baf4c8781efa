from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from cases.filing.lines import PerClaimant
from cases.models import Claimant, Recovery
from cases.recovery.balance import in_proportion, limit
from core import clock
from core.fields import DayField, LongTextField, TextField, YuanField
from core.forms import Once
from documents.uploads import ACCEPTED


class EntryForm(PerClaimant, Once):
    """到账 and whose money it is."""

    lines_as = "allocations"
    columns: ClassVar[list[tuple[str, str]]] = [
        ("owed", "应付（元）"),
        ("received", "已到账（元）"),
        ("awarded", "确认（元）"),
        ("waiting", "待核对（元）"),
    ]

    paid_on = DayField(label="到账日期", future=False)
    amount = YuanField(label="到账金额（元）", positive=True)
    channel = forms.ChoiceField(label="渠道", choices=[("", "请选择"), *Recovery.Channel.choices])
    payer = TextField(label="付款人", max_length=120)
    file = forms.FileField(
        label="凭证",
        required=False,
        help_text="银行回单、收条等，图片或 PDF，不超过 20 MB。",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    proof_note = TextField(
        label="凭证说明", required=False, help_text="没有文件的写明凭证情况，例如本人当面确认。"
    )
    excess_reason = TextField(
        label="超出诉求的说明", required=False, help_text="有人分到的多于应得时才填，例如含逾期利息。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].widget.attrs["data-amount"] = ""

    def line_field(self, claimant: Claimant) -> forms.Field:
        field = YuanField(label=f"{claimant}的分配金额", required=False)
        field.widget.attrs["data-share"] = ""
        return field

    @classmethod
    def in_proportion(cls, data: dict[str, Any], amount: Decimal, claimants: list[Claimant]) -> "EntryForm":
        """The form as it was typed, with the shares that 按比例分配 proposes. Nothing is saved."""
        shares = {share.claimant.pk: share for share in in_proportion(amount, claimants)}
        typed = {name: data.get(name, "") for name in cls.base_fields if name != "file"}
        form = cls(
            claimants=claimants,
            initial=typed | {f"line_{pk}": share.amount for pk, share in shares.items()},
        )
        for pk, share in shares.items():
            words = ["含尾差 0.01 元"] if share.rounded else []
            words += ["超出应得，要写明原因"] if share.amount > limit(share.claimant) else []
            form.notes[pk] = "，".join(words)
        return form


class VerifyForm(Once):
    """核对到账: nothing to fill in."""


class ReasonForm(Once):
    """退回、冲正 with the reason."""

    reason = LongTextField(label="原因", max_length=200)


def first_values() -> dict[str, Any]:
    return {"paid_on": clock.today()}
