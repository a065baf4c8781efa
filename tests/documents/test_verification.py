"""核验: the code on an issued paper leads to what it is and whether it is valid, and to nobody's data."""

import re
import uuid

import pytest
from django.urls import reverse

from cases.paperwork import drafting
from cases.paperwork.catalogue import paper_by
from documents import rendering, verification, work
from documents.models import Rendition
from tests.cases.factories import case_of_office


@pytest.fixture
def case(cast):
    return case_of_office(cast, reviewed=True)


@pytest.fixture
def issued(case, prosecutor):
    return drafting.issue(case, drafting.draft(case, paper_by("accept_notice"), by=prosecutor), by=prosecutor)


def page_of(client, key):
    return client.get(reverse("documents:verify", args=[key]))


def test_a_visitor_sees_the_paper_and_nobodys_name(client, case, issued):
    work.render(Rendition.objects.get(version=issued.version, kind="pdf").pk)
    page = page_of(client, issued.version_id)
    assert page.status_code == 200
    for words in ("受理通知书", issued.number, "集宁区人民检察院", "有效"):
        assert words in page.text
    assert re.search(r"\b[0-9a-f]{64}\b", page.text)
    for claimant in case.claimants.all():
        assert claimant.person.name not in page.text
    assert case.official_number not in page.text


def test_a_void_paper_says_so(client, case, issued, prosecutor):
    drafting.void(case, issued.document, reason="写错", by=prosecutor)
    page = page_of(client, issued.version_id).text
    assert ("已作废" in page, "写错" in page) == (True, False)


def test_drafts_and_papers_of_workers_have_no_page(client, case, issued, prosecutor):
    draft = issued.document.versions.get(n=1)
    application = drafting.draft(case, paper_by("application"), by=prosecutor)
    finished = drafting.issue(case, application, by=prosecutor)
    for key in (uuid.uuid4(), draft.pk, finished.version_id):
        assert page_of(client, key).status_code == 404
    assert verification.checked(finished.version) is None


def test_the_code_stands_on_the_first_page_and_text_cannot_forge_one(issued):
    code = rendering.sheet(issued.version.body, "题", check=issued.version_id)
    plain = rendering.sheet(issued.version.body, "题")
    with_code, without = rendering.render_pdf(code), rendering.render_pdf(plain)
    assert len(with_code) > len(without)
    assert "asset:" not in issued.version.body
