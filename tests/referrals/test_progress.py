"""The partner's label, dates and sum, derived from lead and case (decisions.md 7); P2; the portal alone."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import override_settings
from django.urls import get_resolver, reverse

from cases.models import Allocation, Case, Recovery
from cases.workflow import Stage
from core import clock
from deadlines.models import Deadline
from referrals import feedback, notices
from referrals.intake import actions as intake
from referrals.models import ReferralAnnouncement
from referrals.portal.progress import LABELS, label_of, progress
from referrals.triage import actions
from referrals.triage.convert import convert
from tests.cast import client_for
from tests.referrals.factories import referral_facts, submitted


@pytest.fixture
def lead(legalaid, clerk, prosecutor):
    """A converted lead of legalaid, with its case."""
    lead = submitted(legalaid, workers=2)
    convert(lead, handler=prosecutor, by=clerk)
    lead.refresh_from_db()
    return lead


def at(lead, stage: Stage, **changes) -> None:
    """Put the case where the procedure would have taken it; the spine is not under test here."""
    accepted = (
        {}
        if stage in {Stage.REGISTERED, Stage.REJECTED}
        else {"accepted_on": clock.today(), "official_number": "x"}
    )
    Case.objects.filter(pk=lead.case_id).update(stage=stage, **accepted | changes)
    lead.case.refresh_from_db()


def test_every_stage_has_a_label():
    assert set(LABELS) == set(Stage)


@pytest.mark.parametrize(
    ("stage", "label"),
    [
        (Stage.REGISTERED, "已接收（办理中）"),
        (Stage.REJECTED, "不予受理"),
        (Stage.REVIEW, "已受理"),
        (Stage.APPROVAL, "审查中"),
        (Stage.SUPPORTED, "已支持起诉"),
        (Stage.TRIAL, "法院已立案"),
        (Stage.ENFORCEMENT, "执行跟踪"),
        (Stage.DECLINED, "已办结"),
    ],
)
def test_the_label_follows_the_case(lead, stage, label):
    at(lead, stage)

    assert label_of(lead) == label


def test_an_end_without_support_is_told_as_outcome(lead):
    at(lead, Stage.TERMINATED)

    assert (progress(lead).label, progress(lead).outcome) == ("已办结", "终结审查")


@pytest.mark.parametrize(
    ("verb", "label"), [("return", "退回补正"), ("consult", "已办结"), ("transfer", "移送他院")]
)
def test_the_label_follows_the_lead(legalaid, clerk, other, verb, label):
    lead = submitted(legalaid)
    assert label_of(lead) == "待接收"
    match verb:
        case "return":
            actions.return_for_supplement(lead, items=["other"], due_on=clock.today(), by=clerk)
        case "consult":
            actions.consult_only(lead, explanation="已答复。", by=clerk)
        case "transfer":
            actions.transfer(lead, target=other.organisation, explanation="在前旗。", by=clerk)
    lead.refresh_from_db()

    assert label_of(lead) == label


def test_the_partner_sees_what_was_verified_for_its_own_lead(lead, legalaid, clerk, prosecutor):
    for amount, verified in [("3000.00", True), ("500.00", False)]:
        recovery = Recovery.objects.create(
            case=lead.case,
            organisation=lead.organisation,
            paid_on=clock.today(),
            amount=Decimal(amount),
            channel="voluntary",
            payer="示例",
            proof_note="转账回单",
            recorded_by=clerk,
        )
        claimant = lead.case.claimants.first()
        Allocation.objects.create(
            recovery=recovery, claimant=claimant, person=claimant.person, amount=Decimal(amount)
        )
        if verified:
            Recovery.objects.filter(pk=recovery.pk).update(verified_by=prosecutor, verified_at=clock.now())

    page = client_for(legalaid).get(reverse("partner:referral", args=[lead.code]))

    assert progress(lead).recovered == Decimal("3000.00")
    assert "3,000.00 元" in page.content.decode()


def test_feedback_is_due_five_working_days_after_acceptance_and_met_by_telling(lead, clerk):
    assert feedback.sweep() == 0
    at(lead, Stage.REVIEW, received_on=clock.today() - timedelta(days=1))

    assert (feedback.sweep(), feedback.sweep()) == (1, 0)
    deadline = Deadline.objects.open().get(referral_link__referral=lead)
    assert (deadline.term.code, deadline.starts_on) == ("P2", clock.today())

    actions.feed_back(lead, text="已受理，承办人会联系当事人。", by=clerk)

    deadline.refresh_from_db()
    assert (deadline.met_by, lead.events.last().told) == (clerk, "已受理，承办人会联系当事人。")


def test_an_announcement_left_behind_is_made_once(legalaid, clerk):
    submitted(legalaid)
    assert (clerk.notifications.count(), ReferralAnnouncement.objects.left_behind().count()) == (0, 1)

    notices.sweep()
    notices.sweep()

    assert clerk.notifications.count() == 1


@override_settings(ROOT_URLCONF="config.urls_partner")
def test_the_portal_runs_alone_without_the_office(legalaid):
    client = client_for(legalaid)

    assert client.get("/partner/").status_code == 200
    assert [client.get(url).status_code for url in ("/referrals/", "/cases/", "/settings/users/")] == [
        404
    ] * 3
    assert not any("admin" in str(part.pattern) for part in get_resolver().url_patterns)


def test_a_supplement_does_not_move_the_day_on_which_the_lead_was_handed_in(legalaid, clerk):
    with clock.travel(clock.today() - timedelta(days=9)):
        lead = submitted(legalaid)
        handed_in = clock.today()
        actions.return_for_supplement(
            lead, items=["identity"], due_on=handed_in + timedelta(days=7), by=clerk
        )
    intake.supplement(lead, facts=referral_facts(), by=legalaid)
    lead.refresh_from_db()

    assert progress(lead).dates == [("移送", handed_in), ("补正", clock.today())]
    page = client_for(legalaid).get(f"{lead.partner_url}receipt/").content.decode()
    assert "补正已提交" in page


def test_no_sum_is_shown_where_the_office_handles_no_case(lead):
    at(lead, Stage.REJECTED)

    assert progress(lead).recovered is None


def test_telling_before_the_sweep_has_started_the_clock_meets_it_all_the_same(lead, clerk):
    at(lead, Stage.REVIEW, received_on=clock.today() - timedelta(days=1))

    actions.feed_back(lead, text="已受理", by=clerk)

    assert feedback.sweep() == 0
    deadline = lead.referral_deadlines.get(deadline__term__code="P2").deadline
    assert deadline.met_on == clock.today()
