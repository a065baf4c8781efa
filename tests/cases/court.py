"""Ways into court and to money that several test files share. They walk the real verbs."""

from datetime import timedelta
from decimal import Decimal

from cases.enforcement import actions as following
from cases.filing import actions as court
from cases.recovery import actions as money
from core import clock
from tests.cases.factories import case_of_office

COURT = "集宁区人民法院"
NUMBER = "（2026）内0902民初123号"


def days_ago(n):
    return clock.today() - timedelta(days=n)


def supported_case(cast, days=60, **fields):
    """已支持起诉, decided `days` ago; nothing of the court yet. Two claimants: 12000 and 8000 yuan."""
    dates = {"received_on": days_ago(days + 20), "accepted_on": days_ago(days + 15)}
    return case_of_office(cast, supported=True, decided_on=days_ago(days), **dates, **fields)


def filed_case(cast, procedure="simplified", days=55, **fields):
    case = supported_case(cast, **fields)
    file(case, cast.prosecutor, procedure=procedure, filed_on=days_ago(days))
    return fresh(case)


def file(case, by, **fields):
    facts = {"court": COURT, "court_number": NUMBER, "filed_on": days_ago(55), "procedure": "simplified"}
    return court.file(case, by=by, **(facts | fields))


def awards_of(case, *sums):
    """The claims as awards, or these sums in the order of the claimants."""
    claimants = list(case.claimants.standing().order_by("pk"))
    if sums:
        return {one: Decimal(sum_) for one, sum_ in zip(claimants, sums, strict=True)}
    return {one: sum((item.owed for item in one.items.all()), Decimal()) for one in claimants}


def judge(case, by, **fields):
    facts = {"kind": "judgment", "result": "full", "adopted": "full", "number": f"{NUMBER}民事判决书"}
    facts |= {"made_on": days_ago(40), "last_served_on": days_ago(38)}
    awards = fields.pop("awards", None)
    return court.judge(case, awards=awards_of(case) if awards is None else awards, by=by, **(facts | fields))


def judged_case(cast, procedure="simplified", **fields):
    case = filed_case(cast, procedure)
    judge(case, cast.prosecutor, **fields)
    return fresh(case)


def enforced_case(cast, **fields):
    """履行与执行: the judgment is in force, its performance was due ten days ago."""
    case = judged_case(cast, **fields)
    court.take_effect(case, effective_on=days_ago(20), performance_due_on=days_ago(10), by=cast.prosecutor)
    return fresh(case)


def enter(case, by, *sums, **fields):
    """到账 of these sums to the claimants in their order; no sums: everything they claim."""
    shares = {one: share for one, share in awards_of(case, *sums).items() if share}
    facts = {"paid_on": days_ago(1), "channel": "after_judgment", "payer": "示例建设工程有限公司"}
    facts |= {"proof_note": "银行回单", "amount": sum(shares.values(), Decimal()), "allocations": shares}
    return money.enter(case, by=by, **(facts | fields))


def paid(case, cast, *sums, **fields):
    """Entered by the clerk and verified by the prosecutor."""
    return money.verify(enter(case, cast.clerk, *sums, **fields), by=cast.prosecutor)


def closed_case(cast):
    case = enforced_case(cast)
    paid(case, cast)
    following.close(case, result="paid", closed_on=clock.today(), note="", by=cast.prosecutor)
    return fresh(case)


def fresh(case):
    """The row as it is now, with nothing remembered."""
    return type(case).objects.get(pk=case.pk)
