"""证据: nothing is deleted, files leave only through their case, and each refused file has its sentence."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Entry
from cases.models import Evidence
from cases.review import evidence
from cases.review.evidence_list import groups
from core.refusals import Conflict
from documents.models import Attachment
from tests.cases.factories import (
    ClaimantFactory,
    EvidenceFactory,
    EvidenceFileFactory,
    case_of_office,
    picture,
)
from tests.cases.traces import locks_first, refused
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page

FACTS = {"kind": "iou", "form": "documentary", "origin": "applicant", "name": "欠条", "proves": "欠付数额"}
XSS = "<script>alert(1)</script>"


@pytest.fixture
def case(cast):
    return case_of_office(cast, review=True)


@pytest.fixture
def item(case):
    return EvidenceFactory(case=case)


@pytest.fixture
def browser(prosecutor):
    return client_for(prosecutor)


def url_of(case, page, *args):
    return reverse(f"cases:{page}", args=[case.code, *args])


VERBS = {
    "add": lambda item, by: evidence.add(item.case, by=by, **FACTS),
    "change": lambda item, by: evidence.change(item, version=1, by=by, proves="工资标准"),
    "add_files": lambda item, by: evidence.add_files(item, files=[], by=by),
    "remove": lambda item, by: evidence.remove(item, reason="与本案无关", by=by),
}
each_verb = pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)


@each_verb
def test_each_verb_is_on_record_and_locks_first(item, prosecutor, verb):
    with locks_first():
        verb(item, prosecutor)

    assert [event.kind for event in item.case.events.all()] == ["evidence"]


@each_verb
def test_each_verb_refuses_strangers_and_ended_cases(cast, item, verb):
    closed = EvidenceFactory(case=case_of_office(cast, closed=True))
    for person in (cast.prosecutor2, cast.chief, cast.other):
        with refused("办理"):
            verb(item, person)
    with refused("不能登记证据"):
        verb(closed, cast.prosecutor)


def test_what_was_taken_out_is_not_touched_again(item, prosecutor):
    with refused("还没填移出原因"):
        evidence.remove(item, reason=" ", by=prosecutor)
    evidence.remove(item, reason="重复", by=prosecutor)

    for name in ("change", "add_files", "remove"):
        with refused("已移出清单"):
            VERBS[name](item, prosecutor)


def test_a_claimant_of_another_case_owns_no_evidence_here(item, prosecutor):
    stranger = ClaimantFactory(case__handler=prosecutor)

    with refused("不在本案"):
        evidence.change(item, version=1, by=prosecutor, claimant=stranger)


def test_a_stale_change_is_a_conflict(item, prosecutor):
    evidence.change(item, version=1, by=prosecutor, original_seen=True)

    with pytest.raises(Conflict):
        evidence.change(item, version=1, by=prosecutor, original_seen=False)


def test_the_list_says_what_the_case_type_needs(case, item):
    EvidenceFactory(case=case, kind="other")
    found = {group.label: group for group in groups("wages", case.evidence.all())}

    assert not found["欠条、结算单、工资表"].is_missing
    assert found["身份材料"].is_missing
    assert not found["工程、分包合同"].is_missing
    assert [each.kind for each in found["其他证据"].items] == ["other"]
    assert {group.label for group in groups("maintenance", [item]) if group.is_missing} == {
        "身份材料",
        "支持起诉申请书",
    }


def test_several_files_come_in_one_go(browser, case):
    files = [picture("一.png"), picture("二.png")]

    answer = browser.post(url_of(case, "evidence_new"), FACTS | {"files": files})

    assert answer.status_code == 302
    names = Evidence.objects.get(case=case).files.values_list("attachment__name", flat=True)
    assert list(names) == ["一.png", "二.png"]


def test_each_refused_file_has_its_sentence_and_nothing_is_kept(browser, case):
    bad = SimpleUploadedFile("页面.pdf", b"<html>", "application/pdf")
    packed = SimpleUploadedFile("材料.rar", b"Rar!", "application/x-rar")

    answer = browser.post(url_of(case, "evidence_new"), FACTS | {"files": [picture(), bad, packed]})

    assert answer.status_code == 422
    for sentence in ("内容与 .pdf 不符", "不能上传 .rar", "有 2 个文件没有收下", "欠付数额"):
        assert sentence in answer.text
    assert (Evidence.objects.count(), Attachment.objects.count()) == (0, 0)


def test_the_same_form_twice_is_one_item(browser, case):
    for _ in range(2):
        data = FACTS | {"submission_key": "0d1e3e1e-7a1b-4a55-9f6e-0a1b2c3d4e5f", "files": [picture()]}
        assert browser.post(url_of(case, "evidence_new"), data).status_code == 302

    assert (Evidence.objects.count(), Attachment.objects.count()) == (1, 1)


def test_a_download_is_on_record_and_harmless(browser, case):
    file = EvidenceFileFactory(evidence__case=case)

    answer = browser.get(url_of(case, "evidence_file", file.attachment_id))

    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.filter(verb="download").count() == 1


def test_a_file_of_another_case_is_not_found_under_this_one(browser, case, prosecutor, cast):
    elsewhere = EvidenceFileFactory(evidence__case=case_of_office(cast))

    for key in (elsewhere.attachment_id, uuid.uuid4()):
        assert browser.get(url_of(case, "evidence_file", key)).status_code == 404


def test_removed_evidence_stays_struck_with_its_reason(browser, case, item):
    browser.post(url_of(case, "evidence_remove", item.pk), {"reason": f"重复 {XSS}"})

    page = browser.get(url_of(case, "evidence"))

    assert f'<s><a href="{url_of(case, "evidence_item", item.pk)}">' in page.text
    assert "重复" in page.text
    assert XSS not in page.text


def test_markup_is_inert_and_controls_are_refused(browser, case):
    browser.post(url_of(case, "evidence_new"), FACTS | {"name": XSS, "proves": XSS})
    item = Evidence.objects.get()

    for page, args in [("evidence", []), ("evidence_item", [item.pk]), ("detail", [])]:
        assert XSS not in browser.get(url_of(case, page, *args)).text
    assert browser.post(url_of(case, "evidence_new"), FACTS | {"name": "a\x00"}).status_code == 422


def test_the_panels_are_part_of_their_pages(browser, case, item):
    assert_panel_is_part_of_page(browser, url_of(case, "evidence"))
    assert_panel_is_part_of_page(browser, url_of(case, "evidence_new"))
    for page in ("evidence_item", "evidence_files", "evidence_remove"):
        assert_panel_is_part_of_page(browser, url_of(case, page, item.pk))


def test_one_item_and_three_cost_the_same(browser, case, item, django_assert_max_num_queries):
    for _ in range(3):
        EvidenceFileFactory(evidence__case=case, evidence__claimant=case.claimants.first())
    browser.get(url_of(case, "evidence"))

    with django_assert_max_num_queries(16):
        browser.get(url_of(case, "evidence"))
