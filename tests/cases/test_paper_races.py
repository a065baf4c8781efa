"""Two people at one paper at the same moment, on a real database."""

import pytest

from cases.paperwork import drafting
from cases.paperwork.catalogue import paper_by
from documents import wordings
from documents.models import Issue, Number, Rendition, Wording
from tests.cases.factories import case_of_office
from tests.racing import race

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def test_two_people_issue_one_paper_once_under_one_number(cast):
    case = case_of_office(cast, reviewed=True)
    document = drafting.draft(case, paper_by("accept_notice"), by=cast.prosecutor)
    people = [cast.prosecutor, cast.assistant]
    answers = race(*(lambda by=by: drafting.issue(case, document, by=by) for by in people))
    assert sorted(answer == "done" for answer in answers) == [False, True]
    assert any("已签发，不能修改" in answer for answer in answers)
    assert (Issue.objects.count(), Number.objects.count(), Rendition.objects.count()) == (1, 1, 2)


def test_two_papers_of_one_series_get_neighbouring_numbers(cast):
    cases = [case_of_office(cast, reviewed=True) for _ in range(4)]
    papers = [(each, drafting.draft(each, paper_by("accept_notice"), by=cast.prosecutor)) for each in cases]
    acts = [lambda c=c, d=d: drafting.issue(c, d, by=cast.prosecutor) for c, d in papers]
    assert race(*acts) == ["done"] * 4
    assert sorted(Number.objects.values_list("seq", flat=True)) == [1, 2, 3, 4]
    assert Issue.objects.values("number").distinct().count() == 4


def test_two_administrators_change_one_wording_once(cast):
    paper, people = paper_by("accept_notice").paper, [cast.sysadmin, cast.head]
    words = wordings.shipped(paper.template).replace("特此通知", "特此告知")

    def change(by):
        wordings.change(paper, cast.office, words=words, reason="写法", expected_n=0, by=by)

    answers = race(*(lambda by=by: change(by) for by in people))
    assert sorted(answer == "done" for answer in answers) == [False, True]
    assert Wording.objects.count() == 1
