"""被申请人: who is to pay, and where each stands in the liability chain."""

from typing import Any

from django.db import transaction

from accounts.models import User
from cases import journal, stale
from cases.intake import register
from cases.intake.claims import lock_for_change
from cases.intake.facts import RespondentFacts
from cases.models import Case, Company, Respondent
from cases.search import refresh
from cases.workflow import Act
from core.refusals import Refused

OF_COMPANY = ("uscc", "legal_representative", "address", "phone")


@transaction.atomic
def add(case: Case, *, facts: RespondentFacts, by: User) -> Respondent:
    """增加被申请人."""
    case = lock_for_change(case, by)
    _refuse_foreign(case, facts.above)
    respondent = register.add_respondent(case, facts, by=by)
    journal.note(case, Act.RESPONDENT_CHANGED, by=by, text=f"增加 {respondent}")
    if "诉待查" in case.title:
        case.title = case.title.replace("诉待查", f"诉{respondent}", 1)[:160]
        case.save(update_fields=["title"])
    refresh(case)
    return respondent


@transaction.atomic
def change(respondent: Respondent, *, version: int, by: User, **facts: Any) -> Respondent:
    """修改被申请人: place in the liability chain, basis, whether sued, and what is known of the company."""
    case = lock_for_change(respondent.case, by)
    respondent = Respondent.objects.select_for_update(of=("self",)).get(pk=respondent.pk)
    of_company = {name: facts.pop(name) for name in OF_COMPANY if name in facts}
    _refuse_foreign(case, facts.get("above"))
    _refuse_circle(respondent, facts.get("above"))
    stale.guard(respondent, version, facts, "同事")
    stale.save(respondent, facts)
    if of_company and respondent.company_id:
        Company.objects.filter(pk=respondent.company_id).update(**of_company)
    journal.note(case, Act.RESPONDENT_CHANGED, by=by, text=f"修改 {respondent}")
    refresh(case)
    return respondent


def _refuse_foreign(case: Case, above: Respondent | None) -> None:
    if above is not None and above.case_id != case.pk:
        raise Refused("上一手要选本案的另一个被申请人。")


def _refuse_circle(respondent: Respondent, above: Respondent | None) -> None:
    """A chain that comes back to where it began would have no top."""
    seen = set()
    while above is not None and above.pk not in seen:
        if above.pk == respondent.pk:
            raise Refused("上一手不能是自己，也不能是自己的下一手，请另选。")
        seen.add(above.pk)
        above = above.above
