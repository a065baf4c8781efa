"""支持起诉书 made before 2026-12, with the template of that time: it opens, compares, goes up, and is replaced."""

import json

import pytest
from django.urls import reverse

from cases.models import CaseDocument
from cases.paperwork import drafting
from cases.paperwork.catalogue import paper_by
from cases.paperwork.decisions_support import SUPPORT_LETTER
from cases.workflow import Matter
from documents import papers, text
from documents.models import Document, Version
from tests.cases.deciding import agree_all, answer_checklist, submitted
from tests.cases.factories import EvidenceFactory, case_of_office
from tests.cast import client_for


def old_facts(case):
    """As the class of that time stored them: applicants and 欠薪明细 as two lists."""
    claimants = list(case.claimants.order_by("pk"))
    (respondent,) = case.respondents.all()
    company = respondent.company
    return {
        "applicants": [
            {
                "name": each.person.name,
                "sex": each.person.sex,
                "born": each.person.born_on and each.person.born_on.isoformat(),
                "ethnicity": each.person.ethnicity,
                "address": each.person.address,
                "id_number": each.person.id_number,
                "phone": each.person.phone,
            }
            for each in claimants
        ],
        "arrears": [
            {
                "name": each.person.name,
                "period": "2025年4月至2025年11月",
                "due": str(item.due),
                "paid": str(item.paid),
                "owed": str(item.owed),
            }
            for each in claimants
            for item in each.items.all()
        ],
        "respondents": [
            {
                "name": company.name,
                "is_company": True,
                "address": company.address,
                "uscc": company.uscc,
                "representative": company.legal_representative,
                "duty": "法定代表人",
                "sex": "",
                "born": None,
                "ethnicity": "",
                "id_number": "",
                "phone": company.phone,
            }
        ],
        "office": case.organisation.name,
        "court": "集宁区人民法院",
        "origin": "申请人于2026年11月14日向本院申请支持起诉。",
        "found": "申请人在工地务工，尚欠工资未付。",
        "evidence": "以上事实，有工资欠条等证据证实。",
        "opinion": "申请人依法享有取得劳动报酬的权利。",
        "basis": "《中华人民共和国民事诉讼法》第十五条",
        "enclosures": ["支持起诉申请书"],
    }


def old_letter(case):
    """A draft with the body of the old template, which had no marks for what a screen masks."""
    facts = old_facts(case)
    person = facts["applicants"][0]
    body = (
        f'<p class="office">{facts["office"]}</p>\n<h1 class="title">支持起诉书</h1>\n'
        f'<p class="number">{text.NUMBER}</p>\n'
        f"<p>申请人：{person['name']}，住{person['address']}，公民身份号码{person['id_number']}，"
        f"联系电话{person['phone']}。</p>\n"
        f"<p>被申请人：{facts['respondents'][0]['name']}，住所地{facts['respondents'][0]['address']}。</p>\n"
        f'<div class="closing"><p>此致</p><p class="flush">{facts["court"]}</p>'
        f'<div class="sign"><div><p class="date">{text.DAY}</p></div></div></div>'
    )
    facts_json = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    document = Document.objects.create(
        organisation=case.organisation, kind="support_letter", title="支持起诉书", created_by=case.handler
    )
    Version.objects.create(
        document=document,
        n=1,
        facts_json=facts_json,
        body=body,
        template_version="2026-11",
        content_hash=text.digest(facts_json, body, "2026-11"),
        made_by=case.handler,
    )
    CaseDocument.objects.create(case=case, document=document)
    return document


@pytest.fixture
def case(cast):
    case = case_of_office(cast, reviewed=True)
    answer_checklist(case)
    EvidenceFactory(case=case, recorded_by=case.handler)
    person = case.claimants.order_by("pk").first().person
    person.address = "示例旗示例镇一组9号"
    person.save()
    return case


@pytest.fixture
def letter(case):
    return old_letter(case)


def test_its_facts_are_read_as_those_of_today(case, letter):
    facts = papers.facts_of(letter.latest)

    assert isinstance(facts, SUPPORT_LETTER.facts)
    assert [each.name for each in facts.workers] == [
        each.person.name for each in case.claimants.order_by("pk")
    ]
    assert (facts.owed, facts.court, facts.enclosures) == (20000, "集宁区人民法院", ("支持起诉申请书",))


def test_it_opens_with_numbers_of_persons_masked_and_the_companys_seat_in_full(cast, case, letter):
    page = client_for(cast.prosecutor).get(reverse("cases:document", args=[case.code, letter.pk])).text

    person = case.claimants.order_by("pk").first().person
    for secret in (person.id_number, person.phone, person.address):
        assert secret not in page
        assert secret in letter.latest.body
    assert f"住所地{case.respondents.get().company.address}" in page


def test_an_old_draft_goes_up_once_what_it_lacks_is_taken_over_by_one_press(cast, case, letter):
    differing = [each.name for each in drafting.disagreements(case, letter, papers.facts_of(letter.latest))]
    assert sorted(differing) == ["respondents", "workers"]  # 责任位置、工种 were no part of it
    drafting.take_over(case, letter, by=cast.prosecutor, names=differing)
    proposal = submitted(cast, Matter.SUPPORT, case)
    assert proposal.document == letter

    agree_all(cast, proposal)

    letter.refresh_from_db()
    assert (letter.status, letter.issue.number) == ("issued", case.official_number)


def test_an_old_letter_that_was_already_up_is_issued_as_it_was_approved(cast, case, letter):
    """Submitted before the upgrade: text and hash are those of the old template."""
    Document.objects.filter(pk=letter.pk).update(status="in_approval")
    approved = letter.latest

    issued = papers.issue(
        letter, number="号", issued_on=case.accepted_on, by=cast.chief, approved_hash=approved.content_hash
    )

    assert issued.version.body == text.stamp(approved.body, "号", case.accepted_on)
    page = client_for(cast.prosecutor).get(reverse("cases:document", args=[case.code, letter.pk])).text
    assert case.claimants.order_by("pk").first().person.id_number not in page


def test_it_is_compared_with_its_successor_by_paragraph_and_masked(cast, case, letter):
    drafting.take_over(case, letter, by=cast.prosecutor)
    url = reverse("cases:document", args=[case.code, letter.pk])

    page = client_for(cast.prosecutor).get(f"{url}?n=1&changes").text

    assert "<ins>" in page
    assert case.claimants.order_by("pk").first().person.id_number not in page


def test_it_is_replaced_after_it_was_voided(cast, case, letter):
    drafting.void(case, letter, reason="改用新文本", by=cast.prosecutor)

    again = drafting.draft(case, paper_by("support_letter"), by=cast.prosecutor)

    assert again.latest.template_version == SUPPORT_LETTER.template_version


def test_a_bulk_document_without_facts_opens(cast, case):
    document = Document.objects.create(
        organisation=case.organisation, kind="support_letter", title="支持起诉书", created_by=case.handler
    )
    Version.objects.create(
        document=document,
        n=1,
        facts_json="{}",
        body="<p>测试数据，没有正文。</p>",
        template_version="bulk",
        content_hash="0" * 64,
        made_by=case.handler,
    )
    CaseDocument.objects.create(case=case, document=document)

    answer = client_for(cast.prosecutor).get(reverse("cases:document", args=[case.code, document.pk]))

    assert "没有正文" in answer.text
