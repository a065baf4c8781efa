"""The small forms of the desk: each asks only what its deed needs."""

from typing import Any

from django import forms
from django.http import QueryDict

from accounts.models import User
from accounts.permissions import OFFICE_ROLES
from cases.models import Case, Limitation
from core import clock
from core.fields import DayField, TextField
from core.forms import Once
from core.refusals import Conflict
from deadlines.doing import version_of
from deadlines.models import Deadline, Task
from deadlines.policy import Matter, person_of

# what the other side may plead once it has run out: 时效, 申请执行时效
DEFENCES = frozenset({*Limitation.TERMS.values(), "C18"})


def colleagues(user: User) -> Any:
    """Everybody of the office who works on cases."""
    return User.objects.in_role(user.organisation, *sorted(OFFICE_ROLES)).order_by("pk")


class DeedForm(Once):
    """A form about one deadline or to-do, filled in by one person."""

    def __init__(self, *args: Any, matter: Matter, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matter, self.user, self.is_stale = matter, user, False

    def show_theirs(self, conflict: Conflict) -> None:
        """What was typed stays, now against the matter as it is: one more press does it knowingly."""
        self.is_stale = True
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["seen"] = version_of(conflict.current)
        self.data = data
        self.add_error(None, str(conflict))


class AsSeenForm(DeedForm):
    """`seen` is what the matter was when the page was made: 409 when somebody moved it or gave it away since."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = version_of(self.matter)


class DoneForm(DeedForm):
    on = DayField(label="办结日期", future=False, initial=clock.today)
    note = TextField(label="办结说明", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.matter, Task):
            del self.fields["on"]


class KnownForm(DeedForm):
    note = TextField(label="知悉说明", help_text="例如：当事人已书面表示不上诉")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.matter, Deadline) and self.matter.rule["code"] in DEFENCES:
            self.fields["note"].help_text = "例如：已向申请人释明，对方可能以时效届满抗辩"


class DayForm(AsSeenForm):
    on = DayField(label="新日期", past=False)
    reason = TextField(label="改期事由")


class TakerForm(AsSeenForm):
    to = forms.ModelChoiceField(label="转给", queryset=User.objects.none(), empty_label="请选择")
    reason = TextField(label="转办事由")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = colleagues(self.user).exclude(pk=person_of(self.matter).pk)
        self.fields["to"].queryset = others  # type: ignore[attr-defined]


class UrgeForm(DeedForm):
    note = TextField(label="要求", required=False, help_text="只在平台里显示，不进短信和邮件")


class TaskForm(Once):
    """A to-do to be given, or changed by whoever gave it."""

    title = TextField(label="事项", max_length=120, help_text="动词开头，不写当事人姓名和证件号码")
    assigned_to = forms.ModelChoiceField(label="承办人", queryset=User.objects.none(), empty_label=None)
    due_on = DayField(label="计划完成日期", past=False, required=False)
    case = TextField(
        label="关联案件", max_length=40, required=False, help_text="案件编号，例如 150902-2026-0016"
    )
    cc = forms.ModelMultipleChoiceField(
        label="抄送", queryset=User.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        for name in ("assigned_to", "cc"):
            self.fields[name].queryset = colleagues(user)  # type: ignore[attr-defined]

    def clean_case(self) -> str:
        """The case's page, of one that this person sees; the code is all that is typed."""
        if not (code := self.cleaned_data["case"]):
            return ""
        case = Case.objects.visible_to(self.user).filter(code=code).first()
        if case is None:
            raise forms.ValidationError(f"没有找到编号为 {code} 的案件，请核对，或留空。")
        return case.get_absolute_url()

    @property
    def facts(self) -> dict[str, Any]:
        facts = super().facts
        facts["owner_url"] = facts.pop("case")
        return facts


class TaskEditForm(Once):
    """`seen` is what the to-do said when the page was made: 409 when somebody changed it since."""

    title = TextField(label="事项", max_length=120)
    cc = forms.ModelMultipleChoiceField(
        label="抄送", queryset=User.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["cc"].queryset = colleagues(user)  # type: ignore[attr-defined]
