"""Leads made by walking the real verbs, and the facts that a form would have made."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from accounts.models import User
from accounts.permissions import Role
from core import clock
from core.crypto import blind_index
from referrals.facts import ReferralFacts, WorkerFacts
from referrals.intake import actions
from referrals.models import Referral, ReferralWorker
from tests.cases.factories import id_number

USCC = "91350100M000100Y43"


def worker_facts(n: int = 1, **changes: Any) -> WorkerFacts:
    """Worker number `n`, owed n thousand yuan, with a valid ID number of nobody."""
    plain = {
        "name": f"王示例{n}",
        "id_number": id_number(5000 + n),
        "phone": f"139{n:08}",
        "job": "木工",
        "owed": Decimal(1000 * n),
        "worked_from": clock.today() - timedelta(days=200),
        "worked_to": clock.today() - timedelta(days=60),
    }
    return WorkerFacts(**plain | changes)


def referral_facts(workers: int | list[WorkerFacts] = 2, **changes: Any) -> ReferralFacts:
    """A whole lead of a partner."""
    plain = {
        "employer_name": "示例建设工程有限公司",
        "employer_uscc": USCC,
        "contact_name": "赵律师",
        "contact_phone": "13900001111",
        "project_name": "示例还建房一期",
        "project_place": "白海子镇",
        "region_code": "150902",
        "facts": "2025年4月起在工地做木工，多次催要未付。",
        "request": "支付拖欠的工资。",
        "is_consented": True,
        "workers": [worker_facts(n) for n in range(1, workers + 1)] if isinstance(workers, int) else workers,
    }
    return ReferralFacts(**plain | changes)


def submitted(by: User, *, workers: int | list[WorkerFacts] = 2, **changes: Any) -> Referral:
    """A lead that this partner (or member of staff) has just handed in."""
    facts = referral_facts(workers, **changes)
    if by.role == Role.PARTNER:
        return actions.submit(actions.office_of(by.organisation), facts=facts, unit=by.organisation, by=by)
    return actions.submit(by.organisation, facts=facts, unit=None, by=by)


def same_person(referral: Referral, number: str) -> ReferralWorker | None:
    """The worker of a lead who bears this ID number."""
    return referral.workers.filter(id_index=blind_index("person.id", number)).first()
