"""Two people at the service of one paper at the same moment, on a real database."""

import pytest

from cases import clocks
from cases.paperwork import drafting
from cases.service import actions
from core import clock
from documents.models import Addressee, Document, Service
from tests.cases.serving import accepted, people_of, post, sign
from tests.racing import race

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
SIGNED = {"received_by": "某人", "capacity": "self"}


def test_two_people_register_one_result_once(cast):
    case, document = accepted(cast)
    row = post(case, document, people_of(document)[0], by=cast.clerk)
    people = [cast.clerk, cast.assistant]

    def register(by):
        actions.signed(case, document, one=row.pk, served_on=clock.today(), by=by, **SIGNED)

    answers = race(*(lambda by=by: register(by) for by in people))
    assert sorted(answer == "done" for answer in answers) == [False, True]
    assert any("结果已经登记" in answer for answer in answers)
    assert case.events.filter(kind="served").count() == 2


def test_two_people_send_to_one_addressee_once(cast):
    case, document = accepted(cast)
    first = people_of(document)[0]
    people = [cast.clerk, cast.assistant]
    answers = race(*(lambda by=by: post(case, document, first, by=by) for by in people))
    assert sorted(answer == "done" for answer in answers) == [False, True]
    assert Service.objects.count() == 1


def test_the_last_two_addressees_at_once_meet_the_clock(cast):
    case, document = accepted(cast)
    clerks = [cast.clerk, cast.assistant]
    pairs = zip(people_of(document), clerks, strict=True)
    answers = race(*(lambda one=one, by=by: sign(case, document, one, by=by) for one, by in pairs))
    assert (answers, clocks.running(case)) == (["done", "done"], [])


def test_voiding_a_paper_while_it_is_served_leaves_the_clock_running(cast):
    case, document = accepted(cast)
    first, second = people_of(document)
    sign(case, document, first, by=cast.clerk)
    answers = race(
        lambda: sign(case, document, second, by=cast.clerk),
        lambda: drafting.void(case, document, reason="有误", by=cast.prosecutor),
    )
    document.refresh_from_db()
    assert (document.status, answers[1]) == (Document.Status.VOID, "done")
    assert answers[0] == "done" or "已经作废" in answers[0]
    assert [each.term.code for each in clocks.running(case)] == ["P4"]


def test_two_people_list_the_addressees_once(cast):
    case, document = accepted(cast)
    Addressee.objects.all().delete()
    people = [cast.clerk, cast.assistant]
    race(*(lambda by=by: actions.list_addressees(case, document, by=by) for by in people))
    assert len(people_of(document)) == 2
