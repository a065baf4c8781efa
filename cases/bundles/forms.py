"""Which papers for whom; all choices are keys and numbers."""

from collections.abc import Sequence
from typing import Any

from django import forms

from cases.paperwork.catalogue import CasePaper
from cases.paperwork.per_worker import Numbered
from core.forms import Form, Once

EVERYBODY, CHOSEN = "all", "chosen"


class BatchForm(Once):
    """批量生成."""

    papers = forms.MultipleChoiceField(label="文书", widget=forms.CheckboxSelectMultiple)
    who = forms.ChoiceField(
        label="申请人",
        choices=[(EVERYBODY, "全部申请人"), (CHOSEN, "只为勾选的人")],
        widget=forms.RadioSelect,
        initial=EVERYBODY,
    )
    claimants = forms.TypedMultipleChoiceField(
        label="勾选的人", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    leave_out = forms.BooleanField(label="有待填的先不生成", required=False)
    as_written = forms.BooleanField(label="已核对：文书里提到其他申请人或者总金额是需要的", required=False)
    on_new_sheet = forms.BooleanField(label="双面打印：合并文件里每份从新的一张纸开始", required=False)

    def __init__(
        self, *args: Any, offered: Sequence[CasePaper], workers: Sequence[Numbered], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].choices = [(each.key, each.paper.title) for each in offered]  # type: ignore[attr-defined]
        self.fields["claimants"].choices = [  # type: ignore[attr-defined]
            (each.claimant.pk, f"{each.number:02} {each.claimant}") for each in workers
        ]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("who") == CHOSEN and not facts.get("claimants"):
            self.add_error("claimants", "还没勾选申请人。请至少勾选一人，或者选“全部申请人”。")
        return facts


class StartFileForm(Once):
    """生成案卷: nothing to choose."""


class EndForm(Form):
    """取消, 删除文件: nothing to fill in."""
