"""审查: the pages."""

import pytest
from django.urls import reverse

from cases.models import Review
from cases.review import actions
from core import clock
from tests.cases.deciding import supportable
from tests.cases.factories import ArbitrationFactory, case_of_office
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page

PARTS = ["track", "limitation", "interruption", "opinions", "checklist", "inquiries", "arbitration", "iou"]
XSS = "<script>alert(1)</script>"


@pytest.fixture
def case(cast):
    return case_of_office(cast, review=True)


@pytest.fixture
def browser(prosecutor):
    return client_for(prosecutor)


def url_of(case, part=""):
    return reverse(f"cases:review_{part}" if part else "cases:review", args=[case.code])


@pytest.mark.parametrize("part", ["", *PARTS])
@pytest.mark.parametrize("traits", [{}, {"review": True}, {"closed": True}], ids=str)
def test_every_page_has_an_answer_at_any_stage(cast, browser, part, traits):
    assert_panel_is_part_of_page(browser, url_of(case_of_office(cast, **traits), part))


def test_the_court_is_entered_with_the_opinions_and_stays_when_it_is_not_asked(browser, case):
    page = url_of(case, "opinions")
    assert "拟诉法院" in browser.get(page).text
    browser.post(page, {"intended_court": "甲旗人民法院", "version": 1})
    assert 'value="甲旗人民法院"' in browser.get(page).text
    browser.post(page, {"risks": "无。", "version": 2})

    case.refresh_from_db()
    assert case.intended_court == "甲旗人民法院"


@pytest.mark.parametrize("part", ["", *PARTS])
def test_a_stranger_finds_nothing(cast, case, part):
    assert client_for(cast.other).get(url_of(case, part)).status_code == 404


def test_the_overview_lists_what_is_missing_as_links(browser, case):
    page = browser.get(url_of(case)).text

    assert "还没认定法律关系" in page
    assert url_of(case, "track") in page
    assert url_of(case, "checklist") in page


def test_nothing_is_missing_when_all_is_done(cast, browser):
    assert "支持起诉的条件已齐" in browser.get(url_of(supportable(cast))).text


def test_the_review_is_written_by_hand_part_by_part(browser, case):
    day = clock.today().isoformat()
    posts = [
        ("track", {"legal_track": "service", "track_reasons": "包工头招用。", "version": 1}),
        ("limitation", {"limitation_from": "2020-01-01", "limitation_note": "已过。", "version": 2}),
        ("interruption", {"kind": "demand", "on": "2021-01-01", "evidence": "微信"}),
        ("opinions", {"facts_found": "查明。", "version": 3}),
        ("checklist", {"voluntary": "yes", "necessary": "no", "necessary_note": "已付", "version": 4}),
        (
            "inquiries",
            {"kind": "site", "on": day, "target": "工地", "investigators": "甲、乙", "findings": "无"},
        ),
        ("arbitration", {"board": "仲裁委", "applied_on": day, "result": "pending"}),
        ("iou", {"iou_exception": "on", "iou_note": "有欠条", "version": 5}),
    ]

    answers = {part: browser.post(url_of(case, part), data).status_code for part, data in posts}

    assert set(answers.values()) == {302}, answers
    assert "已届满" in browser.get(url_of(case)).text


@pytest.mark.parametrize(
    ("part", "data", "sentence"),
    [
        ("track", {"version": 1, "legal_track": "undecided"}, "法律关系"),
        ("track", {"version": 1, "legal_track": "labour", "track_reasons": "字" * 20_001}, "20000"),
        ("checklist", {"version": 1, "voluntary": "no"}, "选了否，请写明情况"),
        ("checklist", {"version": 1, "voluntary_note": "说明"}, "还没选是、否或不适用"),
        (
            "inquiries",
            {"investigators": "甲", "kind": "site", "target": "x", "findings": "x"},
            "还没填调查日期",
        ),
        ("arbitration", {"board": "x", "result": "award", "applied_on": "2026-01-01"}, "请填结果日期"),
        ("iou", {"version": 1, "iou_exception": "on"}, "请写明理由"),
        ("opinions", {"version": 1, "risks": "a\x00"}, "控制字符"),
        ("opinions", {"risks": "x"}, "本页已失效"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(browser, case, part, data, sentence):
    answer = browser.post(url_of(case, part), data)

    assert answer.status_code == 422
    assert sentence in answer.text.replace(",", "")
    assert Review.objects.get(case=case).version == 1


def test_a_stale_checklist_is_409_with_words(browser, case, prosecutor):
    actions.answer_checklist(case, answers={"voluntary": ("yes", "")}, by=prosecutor)

    answer = browser.post(
        url_of(case, "checklist"),
        {"version": 1, "voluntary": "no", "voluntary_note": "没签", "necessary": "yes"},
    )

    assert answer.status_code == 409
    for words in ("没签", "否", "是"):
        assert words in answer.text


def test_helpers_read_the_track_and_do_not_decide_it(cast, case):
    page = client_for(cast.assistant).get(url_of(case, "track"))

    assert "法律关系由承办检察官认定" in page.text


def test_a_pending_arbitration_is_concluded_by_hand(browser, case):
    record = ArbitrationFactory(case=case)
    url = reverse("cases:review_arbitration_result", args=[case.code, record.pk])

    answer = browser.post(url, {"result": "refused", "result_on": clock.today().isoformat()})

    record.refresh_from_db()
    assert (answer.status_code, record.result) == (302, "refused")


def test_markup_in_opinions_is_inert(browser, case):
    fields = ("facts_found", "evidence_opinion", "legal_opinion", "necessity", "risks")
    browser.post(url_of(case, "opinions"), dict.fromkeys(fields, XSS) | {"version": 1})

    for url in (url_of(case), url_of(case, "opinions"), case.get_absolute_url()):
        assert XSS not in browser.get(url).text
