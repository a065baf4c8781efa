"""What helps to decide on a lead, each with its reason: duplicates, completeness, jurisdiction. Never automatic."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from cases.models import Case
from core import clock
from referrals.models import Referral


@dataclass
class Hint:
    """疑似重复: another lead or case of this office, and why it is shown."""

    label: str
    url: str
    state: str
    received_on: date | None
    people: int = 0
    reasons: list[str] = field(default_factory=list)

    @property
    def all_reasons(self) -> list[str]:
        same = [f"身份证号相同 {self.people} 人"] if self.people else []
        return same + self.reasons


def duplicates(referral: Referral) -> list[Hint]:
    """Leads and cases of the same office with the same worker (blind index), employer or project; worst first."""
    indexes = [bytes(w.id_index) for w in referral.workers.all() if w.id_index is not None]
    found = [*_leads(referral, indexes), *_cases(referral, indexes)]
    return sorted(found, key=lambda hint: (-hint.people, -len(hint.reasons), hint.label))


def _leads(referral: Referral, indexes: list[bytes]) -> list[Hint]:
    near = Q(workers__id_index__in=indexes) | _same_employer(referral) | _same_project(referral)
    others = (
        Referral.objects.submitted()
        .filter(near, organisation=referral.organisation, case=None)
        .exclude(pk=referral.pk)
        .prefetch_related("workers")
        .distinct()
    )
    return [_lead_hint(referral, other, set(indexes)) for other in others[:20]]


def _lead_hint(referral: Referral, other: Referral, indexes: set[bytes]) -> Hint:
    people = sum(bytes(w.id_index) in indexes for w in other.workers.all() if w.id_index is not None)
    hint = Hint(
        f"线索 {other.code}",
        other.get_absolute_url(),
        other.get_status_display(),
        other.received_on,
        people,
    )
    if _is_same_employer(referral, other.employer_uscc, other.employer_name):
        hint.reasons.append("用人单位相同")
    if referral.project_name and other.project_name == referral.project_name:
        hint.reasons.append("项目名称相同")
    if _overlaps(referral, other):
        hint.reasons.append("务工期间重叠")
    return hint


def _cases(referral: Referral, indexes: list[bytes]) -> list[Hint]:
    company = Q(respondents__company__name=referral.employer_name)
    if referral.employer_uscc:
        company |= Q(respondents__company__uscc=referral.employer_uscc)
    cases = (
        Case.objects.filter(
            Q(claimants__person__id_index__in=indexes) | company, organisation=referral.organisation
        )
        .exclude(referral=referral)
        .prefetch_related("claimants__person", "respondents__company")
        .distinct()
    )
    return [_case_hint(referral, case, set(indexes)) for case in cases[:20]]


def _case_hint(referral: Referral, case: Case, indexes: set[bytes]) -> Hint:
    numbers = [claimant.person.id_index for claimant in case.claimants.all()]
    shared = sum(bytes(number) in indexes for number in numbers if number is not None)
    hint = Hint(f"案件 {case}", case.get_absolute_url(), case.get_stage_display(), case.received_on, shared)
    companies = [each.company for each in case.respondents.all() if each.company]
    if any(_is_same_employer(referral, company.uscc, company.name) for company in companies):
        hint.reasons.append("用人单位相同")
    return hint


def _same_employer(referral: Referral) -> Q:
    same = Q(employer_name=referral.employer_name)
    return same | Q(employer_uscc=referral.employer_uscc) if referral.employer_uscc else same


def _same_project(referral: Referral) -> Q:
    return Q(project_name=referral.project_name) if referral.project_name else Q(pk=None)


def _is_same_employer(referral: Referral, uscc: str, name: str) -> bool:
    return bool(uscc and uscc == referral.employer_uscc) or name == referral.employer_name


def _overlaps(one: Referral, other: Referral) -> bool:
    if not (one.worked_from and one.worked_to and other.worked_from and other.worked_to):
        return False
    return one.worked_from <= other.worked_to and other.worked_from <= one.worked_to


def completeness(referral: Referral) -> list[tuple[str, bool]]:
    """资料齐全度: what a reviewer looks for, and whether it is there."""
    workers = list(referral.workers.all())
    return [
        ("身份证号", all(worker.id_number for worker in workers)),
        ("联系电话", any(worker.phone for worker in workers) or bool(referral.contact_phone)),
        ("欠薪金额", bool(workers)),
        ("务工期间", bool(referral.worked_from) or all(worker.worked_from for worker in workers)),
        ("用人单位", bool(referral.employer_name)),
        ("信用代码", bool(referral.employer_uscc) or referral.employer_kind == "person"),
        ("项目地点", bool(referral.project_place)),
        ("催要经过", len(referral.facts) >= 10),
        ("诉求", bool(referral.request)),
        ("证据材料", referral.attachments.filter(removed_at=None).exists()),
    ]


def jurisdiction(referral: Referral) -> tuple[str, bool]:
    """管辖提示 by the region of the work: a hint with its reason, never a refusal."""
    if not referral.region_code:
        return "没有填所属旗县区", False
    if referral.region_code.startswith(referral.organisation.region_code[:6]):
        return "项目地在本院辖区", True
    return f"项目地区划 {referral.region_code}，不在本院辖区", False


def waiting(referral: Referral) -> str:
    """How long it has been here: `2 小时`, `3 天`."""
    if referral.submitted_at is None:
        return ""
    hours = int((clock.now() - referral.submitted_at).total_seconds() // 3600)
    if hours < 1:
        return "不到 1 小时"
    return f"{hours} 小时" if hours < 48 else f"{hours // 24} 天"
