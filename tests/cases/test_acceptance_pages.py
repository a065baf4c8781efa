"""受理: the pages."""

import uuid

import pytest
from django.urls import reverse

from cases.models import Acceptance, CaseTransfer, Supplement
from cases.workflow import Stage
from core import clock
from tests.cases.factories import AcceptanceReviewFactory, SupplementFactory, case_of_office
from tests.cases.test_acceptance import ANSWERS
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page

PAGES = ["acceptance", "examination", "accept", "reject", "supplement", "assign", "transfer"]


@pytest.fixture
def case(cast):
    return case_of_office(cast)


@pytest.fixture
def examined(case):
    AcceptanceReviewFactory(case=case)
    return case


def url_of(case, page):
    return reverse(f"cases:{page}", args=[case.code])


@pytest.mark.parametrize("page", PAGES)
def test_every_panel_is_part_of_its_page(examined, head, page):
    assert_panel_is_part_of_page(client_for(head), url_of(examined, page))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("stage", ["review", "closed"])
def test_every_page_has_an_answer_at_any_stage(cast, page, stage):
    answer = client_for(cast.prosecutor).get(url_of(case_of_office(cast, **{stage: True}), page))

    assert answer.status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_finds_nothing(case, other, page):
    assert client_for(other).get(url_of(case, page)).status_code == 404


def test_examining_by_hand_leads_back_to_the_acceptance_page(case, prosecutor):
    data = ANSWERS | {"version": "0", "examined_on": clock.today().isoformat()}

    answer = client_for(prosecutor).post(url_of(case, "examination"), data)

    assert (answer.status_code, answer.url) == (302, url_of(case, "acceptance"))
    assert case.acceptance_review.opinion == "符合条件。"


def test_a_proposal_to_reject_without_a_ground_is_422_and_saves_nothing(case, prosecutor):
    data = ANSWERS | {"version": "0", "examined_on": clock.today().isoformat(), "proposal": "reject"}

    answer = client_for(prosecutor).post(url_of(case, "examination"), data)

    assert answer.status_code == 422
    assert "建议不予受理还没选事由" in answer.text
    assert not hasattr(case, "acceptance_review")


def test_a_stale_examination_is_409_with_both_opinions(examined, assistant):
    data = ANSWERS | {"version": "0", "examined_on": clock.today().isoformat(), "opinion": "我的意见。"}

    answer = client_for(assistant).post(url_of(examined, "examination"), data)

    assert answer.status_code == 409
    assert "我的意见。" in answer.text
    assert "符合受理条件。" in answer.text
    examined.acceptance_review.refresh_from_db()
    assert examined.acceptance_review.opinion == "符合受理条件。"


def test_the_choice_made_in_the_comparison_is_saved(examined, assistant):
    data = ANSWERS | {"version": "1", "examined_on": clock.today().isoformat(), "opinion": "我的意见。"}

    assert client_for(assistant).post(url_of(examined, "examination"), data).status_code == 302
    examined.acceptance_review.refresh_from_db()
    assert examined.acceptance_review.opinion == "我的意见。"


def test_accepting_twice_with_one_form_accepts_once(examined, head):
    data = {"decided_on": clock.today().isoformat(), "submission_key": str(uuid.uuid4())}
    browser = client_for(head)

    first, second = (browser.post(url_of(examined, "accept"), data) for _ in range(2))

    examined.refresh_from_db()
    assert (first.status_code, examined.stage) == (302, Stage.REVIEW)
    assert (second.status_code, second.url) == (302, first.url)
    assert Acceptance.objects.count() == 1


def test_the_page_says_why_not_instead_of_showing_the_form(case, head):
    answer = client_for(head).get(url_of(case, "accept"))

    assert "还没有受理审查意见" in answer.text
    assert '<button class="btn primary' not in answer.text.split('id="panel"')[1].split("</section>")[0]


def test_a_post_that_the_policy_refuses_is_422_with_the_sentence(case, head):
    answer = client_for(head).post(url_of(case, "accept"), {"decided_on": clock.today().isoformat()})

    assert answer.status_code == 422
    assert "还没有受理审查意见" in answer.text


def test_rejecting_shows_on_the_case(examined, head):
    data = {"ground": "able", "advice": "<script>alert(1)</script>", "decided_on": clock.today().isoformat()}

    answer = client_for(head).post(url_of(examined, "reject"), data, follow=True)

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "不予受理" in answer.text


def test_one_page_asks_for_a_supplement_and_takes_it_in(case, prosecutor):
    browser, url = client_for(prosecutor), url_of(case, "supplement")
    day = clock.today().isoformat()

    asked = browser.post(url, {"items": "身份证", "due_on": day})
    done = browser.post(url, {"completed_on": day})

    assert (asked.status_code, done.status_code) == (302, 302)
    assert Supplement.objects.get().completed_on == clock.today()


def test_the_acceptance_page_shows_what_was_asked_for(case, prosecutor):
    SupplementFactory(case=case, items="身份证\n欠条")

    assert "身份证<br>欠条" in client_for(prosecutor).get(url_of(case, "acceptance")).text


def test_assigning_and_transferring_by_hand(examined, head, prosecutor2, other_office):
    browser = client_for(head)
    browser.post(url_of(examined, "assign"), {"handler": prosecutor2.pk})
    facts = {"target": other_office.pk, "reason": "管辖", "sent_on": clock.today().isoformat()}
    browser.post(url_of(examined, "transfer"), facts)

    examined.refresh_from_db()
    assert (examined.handler, examined.stage) == (prosecutor2, Stage.TRANSFERRED)
    assert CaseTransfer.objects.get().target == other_office
