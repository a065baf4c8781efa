"""The whole pipeline in a real browser, as the people who walk it: from a partner's list of fifteen workers to
405,000.00 yuan that reached them, in an office without data. The fixtures fail on any error the pages log."""

from decimal import Decimal

import pytest

from cases.models import Case, Consent
from deadlines.models import Deadline
from documents import work
from referrals.models import Referral
from tests.journeys import steps_court as court
from tests.journeys import steps_inbox as inbox
from tests.journeys import steps_intake as intake
from tests.journeys import steps_money as money
from tests.journeys import steps_referral as partner
from tests.journeys import steps_review as review
from tests.journeys.hands import clocks_on, milestones, stage
from tests.journeys.story import AMOUNTS, FIFTEEN, TOTAL

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MILESTONES = [
    *("受理", "提交审批", "支持起诉", "登记法院立案", "登记开庭审理"),
    *("登记裁判生效", "跟进办结", "归档"),
]
INTERNAL = ["同意支持起诉。", "询问", "完工结算单", "诉讼确有困难", "赵主任", "孙副检察长", "部门负责人"]


def test_fifteen_workers_from_the_referral_to_their_wages(people, calendar):
    lead, code = it_comes_in(people, calendar)
    it_is_reviewed(people, calendar, code)
    it_is_decided(people, calendar, code)
    it_goes_through_court(people, calendar, code)
    the_money_comes(people, calendar, code)
    it_ends(people, calendar, code)

    assert money.dashboard(people.head) == {
        "recovered_amount": TOTAL,
        "recovered_workers": 15,
        "accepted_cases": 1,
        "supported_cases": 1,
        "claimed_amount": TOTAL,
        "open_cases": 0,
        "overdue": 0,
    }
    the_partner_reads_the_outcome_and_nothing_else(people.legalaid, lead, code)
    the_timeline_tells_all_of_it(people.assistant, code)


def it_comes_in(people, calendar):
    """2 to 5 March: referred, received, examined, accepted. The partner's own order of columns and rows holds."""
    calendar.turn_to("2026-03-02")
    lead = partner.refer(people.legalaid, FIFTEEN)
    assert sorted(worker.owed for worker in Referral.objects.get(code=lead).workers.all()) == sorted(AMOUNTS)
    calendar.turn_to("2026-03-03")
    code = inbox.convert(people.clerk, lead, "李检察官")
    intake.examine(people.prosecutor, code)
    calendar.turn_to("2026-03-04")
    assert intake.accept(people.head, code) == "集检民支〔2026〕1号"
    assert people.head.locator(".idbar time[data-clock=ok]").count() == 1
    assert clocks_on(people.prosecutor, "/desk/") == {"2026-03-09", "2026-03-19", "2026-06-04", "2026-11-30"}
    assert clocks_on(people.prosecutor, "/cases/") == {"2026-03-09"}
    calendar.turn_to("2026-03-05")
    intake.serve(people.clerk, code, "受理通知书、权利义务告知书", "申请人代表")
    assert "审查中" not in partner.progress(people.legalaid, lead)
    return lead, code


def it_is_reviewed(people, calendar, code):
    """6 March: fifteen consents, and every part of the review."""
    calendar.turn_to("2026-03-06")
    page = people.prosecutor
    intake.record_consents(page, code)
    review.find_track(page, code)
    review.check_limitation(page, code)
    review.inquire(page, code)
    review.add_evidence(page, code)
    review.write_opinions(page, code)
    review.answer_checklist(page, code)
    review.draft_letter(page, code)
    review.propose_support(page, code)
    assert Consent.objects.filter(claimant__case__code=code).count() == 15
    assert stage(page) == "审批中"


def it_is_decided(people, calendar, code):
    """9 and 10 March: head and chief agree, the letter is issued and its PDF made."""
    calendar.turn_to("2026-03-09")
    review.agree(people.head, "同意支持起诉。")
    calendar.turn_to("2026-03-10")
    review.agree(people.chief, "同意。")
    work.sweep()
    calendar.turn_to("2026-03-12")
    assert review.letter(people.prosecutor, code).startswith(b"%PDF-")
    intake.serve_issued(people.clerk, code, "支持起诉书")
    assert stage(people.clerk) == "已支持起诉"


def it_goes_through_court(people, calendar, code):
    """Filed 16 March, heard 8 April, judged on the 20th, served to the last on the 24th, in force on 15 May."""
    calendar.turn_to("2026-03-16")
    court.file(people.prosecutor, code)
    calendar.turn_to("2026-04-08", hour=17)
    court.hear(people.prosecutor, code)
    calendar.turn_to("2026-04-20")
    court.judge(people.prosecutor, code)
    calendar.turn_to("2026-04-24")
    court.serve_judgment(people.prosecutor, code)
    calendar.turn_to("2026-05-15")
    court.take_effect(people.prosecutor, code)
    assert stage(people.prosecutor) == "履行与执行"


def the_money_comes(people, calendar, code):
    """Asked on 26 May, enforced from 1 June, paid on the 22nd; verified, and so counted, on the 23rd."""
    calendar.turn_to("2026-05-26")
    court.follow_up(people.prosecutor, code)
    calendar.turn_to("2026-06-01")
    court.apply_for_enforcement(people.prosecutor, code)
    calendar.turn_to("2026-06-22")
    money.enter(people.clerk, code)
    assert money.recovered(people.clerk, code) == Decimal("0.00")
    calendar.turn_to("2026-06-23")
    money.verify(people.prosecutor, code, "2026-06-22")
    assert money.recovered(people.prosecutor, code) == TOTAL


def it_ends(people, calendar, code):
    """Closed on 26 June, archived on the 30th: no clock runs any more."""
    calendar.turn_to("2026-06-26")
    court.close(people.prosecutor, code)
    calendar.turn_to("2026-06-30")
    court.archive(people.clerk, code)
    assert stage(people.clerk) == "已归档"
    case = Case.objects.get(code=code)
    assert [f"{day}" for day in (case.accepted_on, case.decided_on, case.closed_on, case.archived_on)] == [
        *("2026-03-04", "2026-03-10", "2026-06-26", "2026-06-30")
    ]
    assert not Deadline.objects.open().exists()


def the_partner_reads_the_outcome_and_nothing_else(page, lead, code):
    told = partner.progress(page, lead)
    for line in ("已办结", "支持起诉", "2026-03-10", "2026-03-16", "405,000.00 元", "李检察官"):
        assert line in told
    whole = page.get_by_role("main").inner_text()
    assert [word for word in INTERNAL if word in whole] == []
    assert [page.goto(f"/cases/{code}/{part}").status for part in ("", "money/", "log/")] == [404] * 3
    assert page.goto("/dashboard/").status == 403


def the_timeline_tells_all_of_it(page, code):
    assert milestones(page, code) == MILESTONES
    kinds = list(Case.objects.get(code=code).events.values_list("kind", flat=True))
    assert kinds.count("consent") == 15
    assert {"register", "examine_application", "track_decided", "inquiry", "evidence", "document"} <= {*kinds}
    assert {"step_agreed", "served", "judged", "enforcement_applied", "enforcement_measure"} <= {*kinds}
    assert kinds[-4:] == ["recovery_entered", "recovery_verified", "close", "archive"]
