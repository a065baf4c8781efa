"""逐人登记自愿申请 from one signed list: a row for each person who signed, written down together."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from accounts.models import User
from cases import journal
from cases.intake.actions import refuse_future
from cases.intake.claims_table import table_of
from cases.models import Case, Claimant, Consent
from cases.review import policy
from cases.workflow import Act
from core.refusals import Refused


def silent(case: Case) -> list[Claimant]:
    """Standing claimants whose latest word is not consent."""
    return [line.claimant for line in table_of(case).standing if not line.is_willing]


@transaction.atomic
def consent_together(
    case: Case, *, claimants: Iterable[Claimant], kind: str, given_on: date, by: User
) -> list[Consent]:
    """登记自愿申请 of several: each has a row of their own (trap 4); who already consented is refused by name."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_consent(case, by):
        raise Refused(reason)
    refuse_future("日期", given_on)
    waiting = {one.pk for one in silent(case)}
    people = list(claimants)
    if not people:
        raise Refused("还没勾选申请人。请对照签名表勾选。")
    if known := [str(one) for one in people if one.pk not in waiting]:
        raise Refused(f"{'、'.join(known)} 已登记或者不在本案，请刷新后重填。")
    made = [
        Consent.objects.create(claimant=one, kind=kind, given_on=given_on, recorded_by=by) for one in people
    ]
    journal.note(case, Act.CONSENT, by=by, text=f"{len(made)} 人：{made[0].get_kind_display()}")
    return made
