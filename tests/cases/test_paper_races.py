"""Two people at one paper at the same moment, on a real database."""

import pytest

from cases.paperwork import drafting, keeping, phrases
from cases.paperwork.catalogue import paper_by
from documents import wordings
from documents.models import Issue, Number, Phrase, Rendition, Wording, WorkingCopy
from tests.cases.factories import case_of_office
from tests.cases.test_paper_keeping import typed_in
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


def test_two_windows_of_one_person_keep_both_their_words(cast):
    case = case_of_office(cast, reviewed=True)
    document = drafting.draft(case, paper_by("application"), by=cast.prosecutor)
    opened = keeping.keep(case, document, typed_in(document, inability="先写的"), by=cast.prosecutor)
    words = ("第一个窗口", "第二个窗口")
    forms = [typed_in(document, inability=each, copy=str(opened.stamp)) for each in words]
    answers = race(
        *(lambda form=form: keeping.keep(case, document, form, by=cast.prosecutor) for form in forms)
    )
    assert answers == ["done", "done"]
    assert sorted(copy.typed["inability"] for copy in WorkingCopy.objects.all()) == sorted(words)


def test_what_is_saved_while_it_is_kept_stays_as_a_draft_alone(cast):
    case = case_of_office(cast, reviewed=True)
    document = drafting.draft(case, paper_by("application"), by=cast.prosecutor)
    form = typed_in(document, inability="不识字")

    def save():
        drafting.revise(case, document, by=cast.prosecutor, expected_n=1, inability="不识字")
        keeping.forget_saved(document, page=form.page_key, seen=form.seen, by=cast.prosecutor)

    assert race(save, lambda: keeping.keep(case, document, form, by=cast.prosecutor)) == ["done", "done"]
    assert (document.versions.count(), WorkingCopy.objects.count()) == (2, 0)


def test_a_paper_that_is_issued_while_somebody_types_keeps_nothing(cast):
    case = case_of_office(cast, reviewed=True)
    document = drafting.draft(case, paper_by("application"), by=cast.prosecutor)
    form = typed_in(document, inability="不识字")
    race(
        lambda: drafting.issue(case, document, by=cast.prosecutor),
        lambda: keeping.keep(case, document, form, by=cast.assistant),
    )
    assert (Issue.objects.count(), WorkingCopy.objects.count()) == (1, 0)


def test_two_people_change_one_phrase_once(cast):
    said = {"kind": "reasoning", "title": "写法", "text": "不识字。", "use": "reasons"}

    def change(by):
        phrases.change("weak-ability", expected_n=0, by=by, **said)

    answers = race(*(lambda by=by: change(by) for by in (cast.head, cast.sysadmin)))
    assert sorted(answer == "done" for answer in answers) == [False, True]
    assert Phrase.objects.count() == 1
