import json
from decimal import Decimal

from core import clock
from deadlines.models import Deadline
from referrals.triage.convert import convert
from referrals.workflow import Status
from tests.referrals.factories import submitted


def test_submit_gives_a_number_keeps_the_original_and_starts_the_receipt_clock(legalaid, clerk):
    lead = submitted(legalaid, workers=3)

    lead.refresh_from_db()
    year = clock.today().year
    assert (lead.code, lead.status) == (f"XS-150902-{year}-0001", Status.SUBMITTED)
    assert lead.organisation == clerk.organisation
    assert [w.owed for w in lead.workers.all()] == [Decimal(1000), Decimal(2000), Decimal(3000)]
    assert json.loads(lead.submissions.get().content)["workers"][0]["name"] == "王示例1"
    deadline = Deadline.objects.get(referral_link__referral=lead)
    assert (deadline.term.code, deadline.responsible) == ("P1", clerk)


def test_convert_makes_the_case_once_and_leaves_the_lead_as_it_was(legalaid, prosecutor, clerk):
    lead = submitted(legalaid, workers=3)

    case = convert(lead, handler=prosecutor, by=clerk)

    lead.refresh_from_db()
    assert (lead.status, lead.case, lead.handler) == (Status.CONVERTED, case, prosecutor)
    assert [str(c) for c in case.claimants.all()] == ["王示例1", "王示例2", "王示例3"]
    assert sum(i.owed for c in case.claimants.all() for i in c.items.all()) == Decimal(6000)
    assert (case.respondents.get().name, case.source_unit) == ("示例建设工程有限公司", legalaid.organisation)
    assert not Deadline.objects.open().filter(referral_link__referral=lead).exists()
    assert lead.workers.count() == 3
