"""现在常用: what the stage asks for stands first, until the case has it; every key is a declared paper."""

import pytest
from django.urls import reverse

from cases.models import Review
from cases.paperwork import drafting, policy
from cases.paperwork.catalogue import paper_by
from cases.paperwork.editor import documents_of
from cases.paperwork.usual import CLOSING, USUAL, usual
from tests.cases.factories import case_of_office
from tests.cast import client_for


def keys(case, user):
    return [each.key for each in usual(case, policy.offered(case, user), documents_of(case))]


def test_every_usual_paper_is_declared():
    named = {key for each in USUAL.values() for key in each} | set(CLOSING)
    assert [key for key in named - {"complaint"} if paper_by(key) is None] == []


@pytest.mark.parametrize(
    ("track", "complaint"), [("labour", "complaint_labour"), ("service", "complaint_service")]
)
def test_the_review_begins_with_its_papers_and_the_complaint_of_its_relation(cast, track, complaint):
    case = case_of_office(cast, reviewed=True)
    Review.objects.filter(case=case).update(legal_track=track)

    found = keys(case, cast.prosecutor)

    assert found[:3] == ["accept_notice", "rights_notice", "interview_record"]
    assert complaint in found
    assert "support_letter" in found


def test_what_the_case_has_is_offered_no_more_until_it_is_void(cast):
    case = case_of_office(cast, reviewed=True)
    paper = drafting.draft(case, paper_by("rights_notice"), by=cast.prosecutor)
    assert "rights_notice" not in keys(case, cast.prosecutor)

    drafting.void(case, paper, reason="写错", by=cast.prosecutor)

    assert "rights_notice" in keys(case, cast.prosecutor)


def test_the_page_shows_them_above_the_groups(cast):
    case = case_of_office(cast, reviewed=True)

    page = client_for(cast.prosecutor).get(reverse("cases:documents", args=[case.code])).text

    assert page.index("现在常用") < page.index("起草支持起诉书") < page.index("种可以起草")
