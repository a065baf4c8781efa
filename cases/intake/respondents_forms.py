"""Forms of 被申请人."""

from typing import Any

from django import forms

from cases.forms import Editing
from cases.intake.facts import RespondentFacts
from cases.models import Case, Respondent
from core.fields import IdNumberField, PhoneField, TextField, UsccField
from core.forms import Form, Once

COMPANY, PERSON = "company", "person"
PARTY = [(COMPANY, "单位"), (PERSON, "个人")]
LINKS = [("", "不适用"), *Respondent.Link.choices]


class PlaceFields(Form):
    """责任位置: where this one stands in the chain."""

    position = forms.ChoiceField(label="责任位置", choices=Respondent.Position.choices)
    above = forms.ModelChoiceField(
        label="上一手", queryset=Respondent.objects.none(), required=False, empty_label="没有上一手"
    )
    link = forms.ChoiceField(label="与上一手关系", choices=LINKS, required=False)
    liability_basis = TextField(label="责任依据", required=False)
    is_defendant = forms.BooleanField(label="列为被告", required=False, initial=True)

    def __init__(self, *args: Any, case: Case, respondent: Respondent | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = case.respondents.select_related("company", "person")
        if respondent:
            others = others.exclude(pk=respondent.pk)
        self.fields["above"].queryset = others  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("link") and not data.get("above") and "above" not in self.errors:
            self.add_error("above", "选了与上一手的关系，还没选上一手。")
        return data


class PartyFields(Form):
    """A company or a natural person."""

    kind = forms.ChoiceField(label="被申请人类型", choices=PARTY, initial=COMPANY)
    name = TextField(label="名称或姓名", max_length=120, help_text="单位写全称")
    uscc = UsccField(label="统一社会信用代码", required=False)
    id_number = IdNumberField(label="身份证号", required=False)
    legal_representative = TextField(label="法定代表人", max_length=60, required=False)
    address = TextField(label="住所地、住址", required=False)
    phone = PhoneField(label="联系电话", landline=True, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        is_person = data.get("kind") == PERSON
        if is_person and data.get("uscc"):
            self.add_error("uscc", "被申请人是个人时不填统一社会信用代码，请删去或改选单位。")
        if not is_person and data.get("id_number"):
            self.add_error("id_number", "被申请人是单位时不填身份证号，请删去或改选个人。")
        if is_person and len(data.get("name") or "") > 60:
            self.add_error("name", "姓名最多 60 个字，请缩短。")
        return data

    @property
    def respondent(self) -> RespondentFacts:
        data = super().facts
        return RespondentFacts(is_company=data.pop("kind") == COMPANY, **data)


class RespondentNewForm(PlaceFields, PartyFields, Once):
    """增加被申请人."""

    field_order = ("kind", "name", "uscc", "id_number", "legal_representative", "address", "phone")

    @property
    def facts(self) -> dict[str, Any]:
        return {"facts": self.respondent}


class RespondentForm(PlaceFields, Editing):
    """修改被申请人. The identity of a natural person has its own page."""

    uscc = UsccField(label="统一社会信用代码", required=False)
    legal_representative = TextField(label="法定代表人", max_length=60, required=False)
    address = TextField(label="住所地", required=False)
    phone = PhoneField(label="联系电话", landline=True, required=False)

    def __init__(self, *args: Any, case: Case, respondent: Respondent, **kwargs: Any) -> None:
        row, company = respondent, respondent.company
        names = ("position", "link", "liability_basis", "is_defendant", "version")
        of_company = ("uscc", "legal_representative", "address", "phone")
        initial = {name: getattr(row, name) for name in names} | {"above": row.above_id}
        initial |= {name: getattr(company, name) for name in of_company if company}
        super().__init__(*args, case=case, respondent=respondent, initial=initial, **kwargs)
        if company is None:
            for name in of_company:
                del self.fields[name]
