"""补正: issued papers never change; a 补正决定书 stands beside them, on the page, in the list, on the 核验页."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.paperwork import approving, correcting, drafting
from cases.paperwork.catalogue import paper_by
from core.refusals import Refused
from documents import papers
from documents.models import Document, Issue, Version
from documents.verification import verdict_of
from tests.cases.factories import case_of_office
from tests.cases.traces import locks_first, refused
from tests.cast import client_for
from tests.racing import race


@pytest.fixture
def case(cast):
    assert cast.head
    assert cast.chief
    return case_of_office(cast, reviewed=True)


@pytest.fixture
def notice(cast, case):
    """受理通知书, issued."""
    document = drafting.draft(case, paper_by("accept_notice"), by=cast.prosecutor)
    return drafting.issue(case, document, by=cast.prosecutor).document


@pytest.fixture
def correction(cast, case, notice):
    """With what was wrong and what stands instead."""
    made = correcting.draft(case, notice, by=cast.prosecutor)
    drafting.revise(case, made, by=cast.prosecutor, expected_n=1, old="受理通知书", new="受理案件通知书")
    return made


def issued(cast, case, correction):
    approving.submit(case, correction, by=cast.prosecutor)
    for by in (cast.head, cast.chief):
        approving.approve(case, correction, by=by, read=True)
    return Document.objects.get(pk=correction.pk)


def test_it_is_linked_and_names_title_number_and_day(cast, case, notice, correction):
    facts = papers.facts_of(correction.latest)

    assert correction.corrects == notice
    assert (facts.paper, facts.issued_on) == (
        f"《受理通知书》（{notice.issue.number}）",
        notice.issue.issued_on,
    )
    assert correction in Document.objects.filter(case_link__case=case)


def test_after_its_issue_the_old_paper_says_so_everywhere(cast, case, notice, correction):
    before = notice.issue.version.body
    made = issued(cast, case, correction)
    number, browser = made.issue.number, client_for(cast.prosecutor)

    page = browser.get(reverse("cases:document", args=[case.code, notice.pk])).text
    listed = browser.get(reverse("cases:documents", args=[case.code])).text
    checked = (
        client_for(cast.prosecutor).get(reverse("documents:verify", args=[notice.issue.version_id])).text
    )
    link = reverse("cases:document", args=[case.code, made.pk])
    assert number.startswith("集检民支正〔")
    assert ("已补正" in page, link in page) == (True, True)
    assert (f"已补正 {number}" in listed, link in listed) == (True, True)
    assert (number in checked, "受理案件通知书" in checked) == (True, False)
    assert verdict_of(notice.issue.version_id).corrections == ((number, made.issue.issued_on),)
    assert Issue.objects.get(document=notice).version.body == before


def test_a_draft_or_a_voided_correction_corrects_nothing(cast, case, notice, correction):
    assert list(notice.corrected_by) == []
    made = issued(cast, case, correction)
    assert list(notice.corrected_by) == [made]
    with refused("补正决定书经审批签发，由部门负责人作废。"):
        drafting.void(case, made, reason="补正本身有误", by=cast.prosecutor)
    drafting.void(case, made, reason="补正本身有误", by=cast.head)
    assert list(notice.corrected_by) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"old": "没有写过的一句"}, "“原文”在被补正的文书里找不到"),
        ({"new": "受理通知书"}, "“补正为”和“原文”一样"),
        ({"paper": "《别的文书》"}, "被补正的文书应当写成"),
    ],
)
def test_what_the_issued_paper_does_not_bear_out_is_not_submitted(cast, case, correction, change, sentence):
    drafting.revise(case, correction, by=cast.prosecutor, expected_n=2, **change)
    with refused(sentence):
        approving.submit(case, correction, by=cast.prosecutor)


def test_a_voided_paper_is_not_corrected_any_more(cast, case, notice, correction):
    drafting.void(case, notice, reason="发错了", by=cast.prosecutor)
    with refused("被补正的受理通知书已作废，不能再补正。"):
        approving.submit(case, correction, by=cast.prosecutor)


def test_what_may_not_be_corrected(cast, case, notice, correction):
    draft = drafting.draft(case, paper_by("accept_notice"), by=cast.prosecutor)
    application = drafting.draft(case, paper_by("application"), by=cast.prosecutor)
    done = drafting.issue(case, application, by=cast.prosecutor).document
    with refused("受理通知书草稿，只有已签发的文书才用补正。"):
        correcting.draft(case, draft, by=cast.prosecutor)
    with refused("不是本院盖章的文书，不用补正决定书。"):
        correcting.draft(case, done, by=cast.prosecutor)
    with refused("这份文书已有一份补正决定书在起草或者审批"):
        correcting.draft(case, notice, by=cast.prosecutor)
    itself = issued(cast, case, correction)
    with refused("补正决定书有误的，请作废后重新起草。"):
        correcting.draft(case, itself, by=cast.prosecutor)
    with refused("补正决定书在要补正的文书页面起草。"):
        drafting.draft(case, paper_by("correction_decision"), by=cast.prosecutor)


@pytest.mark.parametrize("who", ["prosecutor2", "chief", "other"])
def test_only_who_works_on_the_case_corrects(cast, case, notice, who):
    with pytest.raises(Refused):
        correcting.draft(case, notice, by=getattr(cast, who))
    assert not notice.corrections.exists()


def test_it_locks_the_case_and_is_drafted_from_the_page(cast, case, notice):
    browser, page = client_for(cast.prosecutor), reverse("cases:document", args=[case.code, notice.pk])
    url = reverse("cases:paper_correct", args=[case.code, notice.pk])
    assert url in browser.get(page).text

    answer = browser.post(url)
    made = notice.corrections.get()
    assert answer.url == reverse("cases:document", args=[case.code, made.pk])
    assert url not in browser.get(page).text
    drafting.void(case, made, reason="重来", by=cast.prosecutor)
    with locks_first():
        correcting.draft(case, notice, by=cast.prosecutor)


def a_new_text(document, n):
    latest = document.latest
    return Version(
        document=document,
        n=n,
        facts_json=latest.facts_json,
        body="<p>改过的正文</p>",
        template_version=latest.template_version,
        content_hash=latest.content_hash,
        made_by=document.created_by,
    )


def test_the_database_keeps_what_was_issued(cast, case, notice):
    """Not only the verbs: text, number, day, title, link and file are refused by triggers."""
    other = drafting.draft(case, paper_by("accept_notice"), by=cast.prosecutor)
    version = Version.objects.filter(pk=notice.issue.version_id)
    attempts = [
        lambda: a_new_text(notice, notice.latest.n + 1).save(force_insert=True),
        lambda: version.update(template_version="9"),
        lambda: version.delete(),
        lambda: Issue.objects.filter(document=notice).update(number="另一个号"),
        lambda: Issue.objects.filter(document=notice).delete(),
        lambda: Document.objects.filter(pk=notice.pk).update(title="另一个标题"),
        lambda: Document.objects.filter(pk=notice.pk).update(status="draft"),
        lambda: Document.objects.filter(pk=notice.pk).update(corrects=other),
    ]
    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_people_who_correct_at_once_draft_one(cast):
    case = case_of_office(cast, reviewed=True)
    document = drafting.draft(case, paper_by("accept_notice"), by=cast.prosecutor)
    drafting.issue(case, document, by=cast.prosecutor)
    people = [cast.prosecutor, cast.assistant]

    answers = race(*(lambda by=by: correcting.draft(case, document, by=by) for by in people))

    assert answers.count("done") == 1
    assert document.corrections.count() == 1
