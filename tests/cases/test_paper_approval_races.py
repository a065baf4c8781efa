"""Two people at one paper in approval, on a real database: one number, one issue, one answer each."""

from functools import partial

import pytest

from cases.paperwork import approving, drafting
from cases.paperwork.catalogue import paper_by
from documents.models import Document, Issue, Number
from tests.accounts.factories import DeputyFactory
from tests.cases.factories import case_of_office
from tests.racing import race

ROUNDS = 10
pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def letters(cast):
    assert cast.head
    for _ in range(ROUNDS):
        case = case_of_office(cast, reviewed=True)
        document = drafting.draft(case, paper_by("aid_letter"), by=cast.prosecutor)
        drafting.revise(
            case, document, by=cast.prosecutor, expected_n=1, aid_centre="法援中心", office_phone="0474-1"
        )
        yield case, document


def test_submitted_twice_at_once_is_one_round(cast):
    for case, document in letters(cast):
        answers = race(*[partial(approving.submit, case, document, by=cast.prosecutor)] * 2)

        assert answers.count("done") == 1
        assert document.rounds.count() == 1


def test_agreeing_against_sending_back_ends_in_one_of_the_two(cast):
    DeputyFactory(absent=cast.head, substitute=cast.prosecutor2)
    for case, document in letters(cast):
        approving.submit(case, document, by=cast.prosecutor)
        answers = race(
            partial(approving.approve, case, document, by=cast.head, read=True),
            partial(approving.send_back, case, document, opinion="改。", by=cast.prosecutor2),
        )

        assert answers.count("done") == 1
        issued = Issue.objects.filter(document=document).exists()
        assert Document.objects.get(pk=document.pk).status == ("issued" if issued else "draft")
    numbers = Number.objects.filter(series__kind="aid_letter").order_by("seq").values_list("seq", flat=True)
    assert list(numbers) == list(range(1, Issue.objects.count() + 1))


def test_agreed_twice_at_once_is_one_issue_and_one_number(cast):
    DeputyFactory(absent=cast.head, substitute=cast.prosecutor2)
    for case, document in letters(cast):
        approving.submit(case, document, by=cast.prosecutor)
        answers = race(
            *(
                partial(approving.approve, case, document, by=by, read=True)
                for by in (cast.head, cast.prosecutor2)
            )
        )

        assert answers.count("done") == 1
        assert Issue.objects.filter(document=document).count() == 1
    assert Number.objects.filter(series__kind="aid_letter").count() == ROUNDS
