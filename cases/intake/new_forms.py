"""登记申请 directly: the form without its list of applicants (see `grid`) and its respondents."""

from collections.abc import Mapping
from typing import Any

from django import forms

from accounts.models import Organisation, User
from cases.causes import CAUSES, Category
from cases.intake.facts import CaseFacts, ClaimantFacts, PersonFacts, RespondentFacts, WorkerFacts
from cases.intake.grid import Grid
from cases.intake.respondents_forms import PartyFields
from cases.models import ClaimItem, Respondent, Source
from core.fields import DayField, LongTextField, TextField
from core.forms import Form, Once

CAUSE_CHOICES = [("", "请选择"), *((code, f"{name}（{code}）") for code, name in CAUSES.items())]
RESPONDENTS = 3
ADDED_ROWS = 5
SOURCE = ("source", "source_unit", "source_number", "received_on", "handler")
MATTER = (
    "category",
    "cause",
    "intended_court",
    "project_name",
    "project_place",
    "green_channel",
    "facts",
    "request",
)


class NewCaseForm(Once):
    """登记申请: where it came from, what it is about, who handles it."""

    source = forms.ChoiceField(label="线索来源", choices=Source.choices, initial=Source.WALK_IN)
    source_unit = forms.ModelChoiceField(
        label="来源单位", queryset=Organisation.objects.none(), required=False, empty_label="没有"
    )
    source_number = TextField(label="来源编号", max_length=60, required=False)
    received_on = DayField(label="收到日期", future=False)
    handler = forms.ModelChoiceField(
        label="承办人", queryset=User.objects.none(), required=False, empty_label="暂不分派"
    )
    category = forms.ChoiceField(label="案件类别", choices=Category.choices, initial=Category.WAGES)
    cause = forms.ChoiceField(label="案由", choices=CAUSE_CHOICES)
    intended_court = TextField(label="拟诉法院", max_length=60, required=False)
    project_name = TextField(label="工程项目", max_length=120, required=False)
    project_place = TextField(label="项目地点", required=False)
    green_channel = forms.BooleanField(label="绿色通道", required=False)
    facts = LongTextField(label="事实与理由")  # type: ignore[assignment]  # fields leave the class again
    request = LongTextField(label="申请事项", required=False)
    without_id = forms.BooleanField(label="有申请人暂时没有身份证号码，登记后再补", required=False)
    consented_on = DayField(
        label="自愿申请签字日期",
        required=False,
        future=False,
        help_text="名单上每一名都已签字才填；有人没签的，登记后逐人登记",
    )

    def __init__(self, *args: Any, office: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = User.objects.handlers_of(office)  # type: ignore[attr-defined]
        self.fields["source_unit"].queryset = (  # type: ignore[attr-defined]
            Organisation.objects.under(office).partners().exclude(pk=office.pk)
        )

    @property
    def source_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in SOURCE]

    @property
    def matter_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in MATTER]


class NewRespondentForm(PartyFields):
    """One respondent of a new case; left as it is, there is none."""

    position = forms.ChoiceField(
        label="责任位置", choices=Respondent.Position.choices, initial=Respondent.Position.EMPLOYER
    )

    def has_changed(self) -> bool:
        """Lists always have a value: only what was typed makes a respondent."""
        typed = ("name", "uscc", "id_number", "legal_representative", "address", "phone")
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in typed)


class NewCase:
    """One request for the page: form, list and respondents, read together."""

    def __init__(self, office: Organisation, data: Mapping[str, Any] | None, initial: dict[str, Any]) -> None:
        self.form = NewCaseForm(data, office=office, initial=initial)
        self.respondents = [
            NewRespondentForm(data, prefix=f"r{n}", empty_permitted=True) for n in range(RESPONDENTS)
        ]
        self.of_wages = (data or {}).get("category", Category.WAGES) == Category.WAGES
        needs_id = not (data or {}).get("without_id")
        self.grid = Grid.read(data or {}, needs_id=needs_id, of_wages=self.of_wages)

    @classmethod
    def with_more_rows(cls, office: Organisation, data: Mapping[str, Any]) -> "NewCase":
        """加行 without JavaScript: what was typed, nothing checked, five more lines."""
        typed = {name: data.get(name) for name in NewCaseForm.base_fields if name in data}
        shown = cls(office, None, typed)
        shown.respondents = [
            NewRespondentForm(prefix=form.prefix, initial=_typed(form, data)) for form in shown.respondents
        ]
        shown.grid = Grid.read(data, needs_id=False, of_wages=False)
        shown.grid.pad(ADDED_ROWS)
        return shown

    @property
    def errors(self) -> list[tuple[str, str]]:
        """For the summary, in the order of the page."""
        if not self.form.is_bound:
            return []
        of_respondents = [error for form in self.respondents for error in form.error_summary]
        return self.form.error_summary + self.grid.errors + of_respondents

    @property
    def facts(self) -> CaseFacts:
        data: dict[str, Any] = dict(self.form.facts)  # type: ignore[call-overload]  # the property, not the field
        for name in ("handler", "without_id"):
            data.pop(name)
        consented_on = data.pop("consented_on")
        kind = ClaimItem.Kind.UNPAID_WAGE if self.of_wages else ClaimItem.Kind.OTHER
        claimants = [_claimant(row, kind, consented_on) for row in self.grid.facts]
        return CaseFacts(claimants=claimants, respondents=self._named(), **data)

    def _named(self) -> list[RespondentFacts]:
        return [form.respondent for form in self.respondents if form.has_changed()]


def _typed(form: Form, data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: data.get(form.add_prefix(name)) for name in form.fields}


def _claimant(row: WorkerFacts, kind: str, consented_on: Any) -> ClaimantFacts:
    person = PersonFacts(name=row.name, id_number=row.id_number, phone=row.phone)
    return ClaimantFacts(
        person=person,
        due=row.owed,
        kind=kind,
        job=row.job,
        worked_from=row.worked_from,
        worked_to=row.worked_to,
        remark=row.remark,
        consented_on=consented_on,
    )
