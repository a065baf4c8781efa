"""常用段落: one library for the office, put into a long field, kept free of people, changed on record."""

import pytest
from django.db import DatabaseError
from django.urls import reverse

from cases.paperwork import drafting, phrases
from cases.paperwork.catalogue import all_papers, paper_by
from cases.paperwork.phrases_shipped import SHIPPED
from core.refusals import Refused
from documents.models import Phrase, WorkingCopy
from tests.cases.factories import case_of_office
from tests.cases.test_paper_keeping import filled_in
from tests.cast import client_for

SAID = {"kind": "reasoning", "title": "本院写法", "text": "申请人文化程度不高。", "use": "reasons"}


@pytest.fixture
def case(cast):
    return case_of_office(cast, reviewed=True)


@pytest.fixture
def document(case, prosecutor):
    return drafting.draft(case, paper_by("application"), by=prosecutor)


def entry(office, title="本院写法"):
    return next(each for each in phrases.library(office) if each.title == title)


def test_what_we_ship_is_whole_fits_somewhere_and_names_nobody():
    assert len({each.entry for each in SHIPPED}) == len(SHIPPED)
    labels = [(each.key, name) for each in all_papers() for name in phrases.USE_OF]
    for each in SHIPPED:
        Phrase(entry=each.entry, n=1, kind=each.kind, title=each.title, text=each.text).clean_fields(
            exclude=["organisation", "made_by"]
        )
        assert phrases.personal(each.text) == ""
        assert any(phrases._shipped(each).fits(key, label) for key, label in labels), each.entry
        assert all(paper_by(key) for key in each.papers)


def test_every_use_names_a_field_of_the_catalogue():
    labels = {
        fact.metadata["label"]
        for each in all_papers()
        for fact in each.paper.facts.__dataclass_fields__.values()
        if fact.metadata.get("is_long")
    }
    assert set(phrases.USE_OF) - labels == set()


def test_a_phrase_comes_to_the_end_of_the_field_and_is_kept(case, document, prosecutor):
    url = reverse("cases:paper_insert", args=[case.code, document.pk])
    sent = filled_in(document, inability="先写的。", insert="inability:weak-ability")
    answer = client_for(prosecutor).post(url, sent, headers={"HX-Request": "true"})
    text = phrases.find(case.organisation, "weak-ability").text
    assert f"先写的。\n{text}</textarea>" in answer.text.replace("\r\n", "\n")
    assert f"<p>{text}</p>" in answer.text  # on the sheet
    assert "已自动保存" in answer.text
    assert WorkingCopy.objects.get().typed["inability"].endswith(text)
    assert document.versions.count() == 1


def test_without_a_script_the_whole_page_comes_back_with_the_phrase(case, document, prosecutor):
    url = reverse("cases:paper_insert", args=[case.code, document.pk])
    answer = client_for(prosecutor).post(url, filled_in(document, insert="inability:weak-ability"))
    assert (answer.status_code, "缺乏法律知识" in answer.text, "<main" in answer.text) == (200, True, True)


@pytest.mark.parametrize(
    "insert", ["", "inability:", "inability:none", "against:weak-ability", "office:cpl-15", "x:cpl-15"]
)
def test_only_phrases_of_the_library_go_into_long_fields_only(case, document, prosecutor, insert):
    url = reverse("cases:paper_insert", args=[case.code, document.pk])
    assert client_for(prosecutor).post(url, filled_in(document, insert=insert)).status_code == 404


def test_a_paragraph_of_the_text_becomes_a_phrase_of_the_office(case, document, prosecutor):
    drafting.revise(case, document, by=prosecutor, expected_n=1, inability="第一段。\n第二段。")
    url = reverse("cases:paper_phrase_new", args=[case.code, document.pk]) + "?field=inability"
    browser = client_for(prosecutor)
    assert "第二段。</textarea>" in browser.get(url + "&p=2").text
    saved = browser.post(url, {"kind": "reasoning", "title": "本院写法", "text": "第二段。"})
    assert saved.status_code == 302
    found = entry(case.organisation)
    assert (found.n, found.use, found.text, found.made_by) == (1, "reasons", "第二段。", prosecutor.name)
    assert "本院写法" in browser.get(reverse("cases:document", args=[case.code, document.pk])).text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("联系电话13800000001。", "段落里有手机号码"),
        ("号码150902198503020019。", "段落里有公民身份号码"),
        ("卡号6217000010001234567。", "段落里有银行卡号"),
    ],
)
def test_numbers_of_people_are_refused_whoever_saves(prosecutor, text, sentence):
    with pytest.raises(Refused, match=sentence):
        phrases.add(**SAID | {"text": text}, by=prosecutor)
    assert not Phrase.objects.exists()


def test_names_of_the_case_are_refused(case, document, prosecutor):
    name = case.claimants.first().person.name
    url = reverse("cases:paper_phrase_new", args=[case.code, document.pk]) + "?field=inability"
    answer = client_for(prosecutor).post(url, {"kind": "reasoning", "title": "x", "text": f"{name}不识字。"})
    assert (answer.status_code, f"段落里有本案当事人“{name}”" in answer.text) == (422, True)
    assert not Phrase.objects.exists()


def test_an_office_changes_ours_for_itself_and_earlier_papers_keep_their_words(cast, head):
    phrases.change("weak-ability", expected_n=0, by=head, **SAID)
    assert phrases.find(cast.office, "weak-ability").text == SAID["text"]
    assert phrases.find(cast.other_office, "weak-ability").n == 0
    with pytest.raises(Refused, match="刚被别人改过"):
        phrases.change("weak-ability", expected_n=0, by=head, **SAID)


def test_a_retired_phrase_is_no_longer_offered_and_a_change_brings_it_back(cast, head):
    phrases.retire("weak-ability", expected_n=0, by=head)
    assert "weak-ability" not in {each.entry for each in phrases.offered(cast.office)}
    with pytest.raises(Refused, match="已经停用"):
        phrases.retire("weak-ability", expected_n=1, by=head)
    phrases.change("weak-ability", expected_n=1, by=head, **SAID)
    assert "weak-ability" in {each.entry for each in phrases.offered(cast.office)}


def test_who_writes_may_add_and_who_examines_may_manage(cast):
    phrases.add(**SAID, by=cast.assistant)
    for verb in (phrases.retire, lambda *a, **k: phrases.change(*a, **k, **SAID)):
        with pytest.raises(Refused, match="只有部门负责人"):
            verb("weak-ability", expected_n=0, by=cast.prosecutor)
    with pytest.raises(Refused, match="只有部门负责人"):
        phrases.add(**SAID, by=cast.chief)


def test_phrases_stay_on_record(prosecutor):
    row = phrases.add(**SAID, by=prosecutor)
    with pytest.raises(DatabaseError, match="只增不改"):
        Phrase.objects.filter(pk=row.pk).update(text="别的")


def test_the_library_is_managed_in_the_browser(head, prosecutor):
    browser = client_for(head)
    new = reverse("papers:phrase_new")
    form = SAID | {"expected_n": 0, "papers": ["application"]}
    assert browser.post(new, form).status_code == 302
    page = browser.get(reverse("papers:phrases")).text
    assert ("本院写法" in page, "支持起诉申请书" in page) == (True, True)
    one = reverse("papers:phrase", args=[Phrase.objects.get().entry])
    assert browser.post(one, form | {"expected_n": 1, "text": "改过的。"}).status_code == 302
    stale = browser.post(one, form | {"expected_n": 1, "text": "另一人的。"})
    assert (stale.status_code, "另一人的。</textarea>" in stale.text) == (422, True)
    assert browser.post(one + "retire/", {"expected_n": 2}).status_code == 302
    assert "已停用" in browser.get(reverse("papers:phrases")).text
    assert browser.post(one, form | {"expected_n": 3, "text": ""}).status_code == 422
    assert "新增段落" not in client_for(prosecutor).get(reverse("papers:phrases")).text


def test_fields_offer_what_fits_them(cast):
    office = cast.office
    fitting = {
        label: {each.entry for each in phrases.offered(office) if each.fits("complaint_service", label)}
        for label in ("事实与理由", "请求依据", "财产线索")
    }
    assert "demanded" in fitting["事实与理由"]
    assert fitting["请求依据"] == {"basis-labour", "basis-service"}
    assert fitting["财产线索"] == set()
    assert not phrases.find(office, "urgent").fits("complaint_service", "保全理由")
