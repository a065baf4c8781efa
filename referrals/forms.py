"""移送线索、登记线索: one form for partner and staff, in the sections of the page."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BoundField

from accounts.models import Organisation
from cases.intake.grid import Grid
from cases.models import Respondent, Source
from core.fields import DayField, LongTextField, NameField, PhoneField, TextField, UsccField
from core.forms import Once
from referrals.facts import ReferralFacts
from referrals.models import Industry, Referral

STAFF_SOURCES = [
    Source.WALK_IN,
    Source.HOTLINE,
    Source.MAYOR_HOTLINE,
    Source.LETTER,
    Source.OUTREACH,
    Source.OWN,
    Source.UPPER,
    Source.COURT,
    Source.OTHER,
]
BLANK = [("", "请选择")]
SENDER = ("contact_name", "contact_phone", "unit_number", "industry", "prior_handling")
EMPLOYER = (
    "employer_kind",
    "employer_name",
    "employer_uscc",
    "employer_legal_representative",
    "employer_address",
    "employer_phone",
    "employer_position",
)
WORK = (
    "project_name",
    "project_place",
    "region_code",
    "wage_standard",
    "worked_from",
    "worked_to",
    "account",
    "request",
    "is_year_end",
    "is_group",
    "is_extreme",
)


class ReferralForm(Once):
    """线索 without its list of workers (see `grid`) and its files. `office` is the receiving procuratorate."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    contact_name = NameField(label="经办人")
    contact_phone = PhoneField(label="联系电话", landline=True, help_text="手机，或 0474-8221234 这样的座机")
    unit_number = TextField(label="本单位编号", max_length=60, required=False)
    industry = forms.ChoiceField(label="行业领域", choices=BLANK + Industry.choices, required=False)
    prior_handling = TextField(label="是否已立案、仲裁或监察", required=False)
    employer_kind = forms.ChoiceField(
        label="用工主体", choices=Referral.EmployerKind.choices, initial="company"
    )
    employer_name = TextField(label="用人单位或包工头", max_length=120, help_text="单位写全称，包工头写姓名")
    employer_uscc = UsccField(label="统一社会信用代码", required=False)
    employer_legal_representative = TextField(label="法定代表人", max_length=60, required=False)
    employer_address = TextField(label="住所地", required=False)
    employer_phone = PhoneField(label="用人单位电话", landline=True, required=False)
    employer_position = forms.ChoiceField(
        label="责任位置", choices=Respondent.Position.choices, initial=Respondent.Position.EMPLOYER
    )
    project_name = TextField(label="项目名称", max_length=120, required=False)
    project_place = TextField(label="项目地点", required=False, help_text="乡镇街道和详细位置")
    region_code = forms.ChoiceField(label="所属旗县区", required=False)
    wage_standard = TextField(label="约定标准", max_length=100, required=False, help_text="例如：每天 300 元")
    worked_from = DayField(label="务工开始", required=False, future=False)
    worked_to = DayField(label="务工结束", required=False)
    account = LongTextField(
        label="用工和催要经过",
        help_text="谁叫来干活、干了什么；怎么算工钱、欠多少；什么时候向谁要过，对方怎么说",
    )
    request = LongTextField(label="诉求", max_length=2000, required=False)
    is_year_end = forms.BooleanField(label="年关欠薪", required=False)
    is_group = forms.BooleanField(label="群体性", required=False)
    is_extreme = forms.BooleanField(label="有极端风险", required=False)
    no_material_reason = TextField(label="暂时没有材料的原因", required=False)
    is_consented = forms.BooleanField(
        label="已告知当事人将向检察院移送其姓名、身份证号和联系方式，并取得同意"
    )
    received_on = DayField(label="收到日期", future=False)
    source = forms.ChoiceField(label="线索来源", choices=[(s.value, s.label) for s in STAFF_SOURCES])

    def __init__(self, *args: Any, office: Organisation, of_partner: bool, **kwargs: Any) -> None:
        self.of_partner = of_partner
        super().__init__(*args, **kwargs)
        self.fields["region_code"].choices = BLANK + regions(office)  # type: ignore[attr-defined]
        if of_partner:
            del self.fields["received_on"], self.fields["source"], self.fields["employer_position"]
            return
        self.fields["is_consented"].required = False
        self.fields["contact_name"].label = "来访、来电人"
        for name in ("contact_name", "contact_phone"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = cleaned.get("worked_from"), cleaned.get("worked_to")
        if start and end and end < start:
            self.add_error("worked_to", f"务工结束（{end}）早于开始（{start}），请改其中一个。")
        if cleaned.get("employer_kind") == "person" and cleaned.get("employer_uscc"):
            self.add_error("employer_uscc", "用工主体是个人时不填统一社会信用代码，请删去或改选单位。")
        return cleaned

    def section(self, names: Iterable[str]) -> list[BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def sender_fields(self) -> list[BoundField]:
        return self.section(("source", "received_on", *SENDER))

    @property
    def employer_fields(self) -> list[BoundField]:
        return self.section(EMPLOYER)

    @property
    def work_fields(self) -> list[BoundField]:
        return self.section(WORK)

    def whole(self, grid: Grid) -> ReferralFacts:
        """The facts of a valid form with its valid list. A partner is not asked for the employer's position."""
        facts = {"facts" if name == "account" else name: value for name, value in self.facts.items()}
        is_person = facts["employer_kind"] == Referral.EmployerKind.PERSON
        position = Respondent.Position.FOREMAN if is_person else Respondent.Position.EMPLOYER
        return ReferralFacts(**{"employer_position": position} | facts, workers=grid.facts)


def regions(office: Organisation) -> list[tuple[str, str]]:
    """旗县区 of the offices beside this one, its own first."""
    top = office.parent or office
    offices = Organisation.objects.under(top).offices()
    found = {each.region_code: each.name.removesuffix("人民检察院") for each in [office, *offices]}
    return list(found.items())
