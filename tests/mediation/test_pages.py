"""The pages of mediation: as page, as refusal, as the mediator sees them, and for strangers."""

from decimal import Decimal

import pytest
from django.urls import reverse

from cases.models import Proposal
from core import clock
from mediation.models import Agreement, Mediation
from tests.cases.factories import case_of_office
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page
from tests.mediation.factories import MediatorFactory, SessionFactory, running

LIST = reverse("mediation:list")


@pytest.fixture
def mediation(cast):
    return running(cast, by_body=True)


@pytest.fixture
def browser(prosecutor):
    return client_for(prosecutor)


def url(name, mediation):
    return reverse(f"mediation:{name}", args=[mediation.pk])


def shares(mediation, *amounts):
    day = clock.today().isoformat()
    claimants = mediation.case.claimants.order_by("pk")
    found = {}
    for claimant, amount in zip(claimants, amounts, strict=True):
        found |= {f"amount_{claimant.pk}": amount, f"due_{claimant.pk}": day}
    return found | {"made_on": day, "effective_on": day, "performance": "一次付清", "signed": "on"}


def test_a_mediation_is_started_from_the_page_of_its_case(cast, browser):
    case = case_of_office(cast, reviewed=True)
    entry = MediatorFactory(organisation=cast.mediation_body, user=cast.mediator)
    facts = {"kind": "peoples", "mediator": entry.pk, "started_on": clock.today(), "willing": "on"}

    answer = browser.post(reverse("mediation:case", args=[case.code]), facts)

    made = Mediation.objects.get(case=case)
    assert (answer.status_code, answer.url) == (302, made.get_absolute_url())
    assert client_for(cast.mediator).get(answer.url).status_code == 200


def test_a_form_sent_twice_records_one_session(browser, mediation):
    facts = {"held_on": clock.today(), "place": "社区", "attended": "双方", "notes": "核对", "result": "再议"}
    facts["submission_key"] = "7b0a0c6e-33c5-4f5c-8b3a-0f3f1b8d2f10"

    answers = [browser.post(url("session", mediation), facts) for _ in range(2)]

    assert [answer.url for answer in answers] == [mediation.get_absolute_url()] * 2
    assert mediation.sessions.count() == 1


def test_the_page_of_a_case_that_cannot_be_mediated_says_why(cast, browser):
    case = case_of_office(cast, supported=True)
    address = reverse("mediation:case", args=[case.code])

    assert "不能启动诉前和解" in browser.get(address).content.decode()
    assert browser.post(address, {}).status_code == 422


def test_the_mediator_sees_parties_sums_and_sessions_and_nothing_of_the_review(cast, mediation):
    SessionFactory(mediation=mediation, notes="双方核对了工资表")
    page = client_for(cast.mediator).get(mediation.get_absolute_url()).content.decode()

    names = [claimant.person.name for claimant in mediation.case.claimants.all()]
    assert all(text in page for text in [*names, "12,000.00", "8,000.00", "双方核对了工资表", "登记调解会"])
    assert all(
        text not in page for text in ["/cases/", "登记协议", "审查", mediation.case.review.facts_found]
    )


def test_a_mediator_finds_only_what_was_given_to_them(cast, mediation):
    given, stranger = client_for(cast.mediator), client_for(cast.mediator2)

    assert str(mediation.case) in given.get(LIST).content.decode()
    assert str(mediation.case) not in stranger.get(LIST).content.decode()
    assert stranger.get(mediation.get_absolute_url()).status_code == 404


def test_a_mediator_records_a_session(cast, mediation):
    facts = {"held_on": clock.today(), "place": "社区", "attended": "双方", "notes": "核对", "result": "再议"}

    answer = client_for(cast.mediator).post(url("session", mediation), facts)

    assert (answer.status_code, answer.url) == (302, mediation.get_absolute_url())
    assert mediation.sessions.get().recorded_by == cast.mediator


def test_an_agreement_goes_up_for_approval(cast, browser, mediation):
    assert cast.head
    assert cast.chief

    answer = browser.post(url("agreement", mediation), shares(mediation, "12000", "5000.50"))

    assert answer.status_code == 302
    assert Agreement.objects.get().total == Decimal("17000.50")
    assert Proposal.objects.get().matter == "terminate"
    page = browser.get(mediation.get_absolute_url()).content.decode()
    assert all(text in page for text in ["17,000.50", "司法确认", "已达成"])


def test_an_agreement_with_faults_says_where_and_loses_nothing(browser, mediation):
    answer = browser.post(url("agreement", mediation), shares(mediation, "12000", "") | {"signed": ""})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(text in page for text in ["还没填", "每名申请人签字", 'value="12000', "一次付清"])
    assert Agreement.objects.count() == 0


def test_the_mediator_reads_why_the_agreement_is_not_theirs_to_enter(cast, mediation):
    page = client_for(cast.mediator).get(url("agreement", mediation)).content.decode()

    assert "只有本院办案人员" in page
    assert '<form method="post" action="/mediations/' not in page


def test_the_confirmation_is_entered_from_the_agreement(cast, browser, mediation):
    assert cast.head
    assert cast.chief
    browser.post(url("agreement", mediation), shares(mediation, "12000", "8000"))
    offered = browser.get(mediation.get_absolute_url()).content.decode()

    answer = browser.post(url("confirmation", mediation), {"applied": "no", "on": clock.today()})

    assert url("confirmation", mediation) in offered
    assert answer.status_code == 302
    assert url("confirmation", mediation) not in browser.get(answer.url).content.decode()


def test_a_failure_leads_back_to_the_mediation(browser, mediation):
    answer = browser.post(url("failure", mediation), {"ended_on": clock.today(), "reason": "谈不拢"})

    assert answer.url == mediation.get_absolute_url()
    assert "谈不拢" in browser.get(answer.url).content.decode()


def test_the_list_costs_the_same_at_one_and_many(cast, browser, mediation, django_assert_max_num_queries):
    browser.get(LIST)
    with django_assert_max_num_queries(12) as one:
        browser.get(LIST)
    for _ in range(3):
        running(cast)
    with django_assert_max_num_queries(len(one)):
        browser.get(LIST)


@pytest.mark.parametrize("name", ["detail", "session", "failure", "agreement"])
def test_the_panel_is_part_of_the_page(browser, mediation, name):
    assert_panel_is_part_of_page(browser, url(name, mediation))


def test_list_and_page_of_the_case_have_panels_too(browser, mediation):
    assert_panel_is_part_of_page(browser, LIST)
    assert_panel_is_part_of_page(browser, reverse("mediation:case", args=[mediation.case.code]))
