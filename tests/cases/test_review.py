"""审查: each part saves itself, refuses without a trace, and says who decided."""

from datetime import date, timedelta

import pytest

from cases.models import LegalTrack, Review
from cases.paperwork.known import Known
from cases.review import actions
from core import clock
from core.refusals import Conflict
from tests.cases.factories import case_of_office
from tests.cases.suspending import suspended
from tests.cases.traces import locks_first, refused

BASE = date(2025, 12, 1)
PARTS = {
    "track": lambda case, by: actions.decide_track(
        case, legal_track="service", track_reasons="包工头招用。", version=1, by=by
    ),
    "opinions": lambda case, by: actions.save_opinions(case, version=1, by=by, facts_found="查明。"),
    "iou": lambda case, by: actions.claim_iou_exception(
        case, iou_exception=True, iou_note="有欠条。", version=1, by=by
    ),
    "checklist": lambda case, by: actions.answer_checklist(
        case, answers={"voluntary": ("yes", "")}, version=1, by=by
    ),
    "inquiry": lambda case, by: inquire(case, by),
    "arbitration": lambda case, by: arbitrate(case, by),
}
each_part = pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)


def inquire(case, by, **changes):
    facts = {"kind": "interview", "on": clock.today(), "target": "包工头", "findings": "承认欠款。"}
    return actions.record_inquiry(case, by=by, **facts | {"investigators": "李检察官、王助理"} | changes)


def arbitrate(case, by, **changes):
    return actions.record_arbitration(case, by=by, **{"board": "仲裁委", "applied_on": BASE} | changes)


@pytest.fixture
def case(cast):
    return case_of_office(cast, review=True)


@each_part
def test_each_part_is_on_record(case, prosecutor, part):
    part(case, prosecutor)

    assert case.events.get().actor == prosecutor


@each_part
def test_each_part_locks_the_case_before_it_looks(case, prosecutor, part):
    with locks_first():
        part(case, prosecutor)


@each_part
@pytest.mark.parametrize(
    ("who", "sentence"),
    [("prosecutor2", "由 李检察官 承办"), ("chief", "只有本院办案人员"), ("other", "只有本院办案人员")],
)
def test_each_part_is_the_handlers(cast, case, part, who, sentence):
    person = getattr(cast, who)
    with refused(sentence):
        part(case, person)


@each_part
@pytest.mark.parametrize("stage", ["", "approval", "supported", "closed"])
def test_each_part_has_its_stage(cast, part, stage):
    case = case_of_office(cast, **({stage: True} if stage else {}))
    with refused("不能修改审查内容"):
        part(case, cast.prosecutor)


@each_part
def test_nothing_is_written_while_the_case_is_suspended(cast, case, part):
    suspended(case)
    with refused("请先恢复审查"):
        part(case, cast.prosecutor)


def test_the_track_names_who_decided_and_why(case, prosecutor):
    review = PARTS["track"](case, prosecutor)

    assert (review.legal_track, review.track_decided_by) == (LegalTrack.SERVICE, prosecutor)
    assert review.track_decided_at is not None


@pytest.mark.parametrize("who", ["assistant", "clerk"])
def test_helpers_do_not_decide_the_track(cast, case, who):
    person = getattr(cast, who)
    with refused("由承办检察官认定"):
        PARTS["track"](case, person)


@pytest.mark.parametrize(("track", "reasons"), [("undecided", "理由"), ("labour", "  ")])
def test_a_track_without_reasons_is_no_decision(case, prosecutor, track, reasons):
    with refused("写明认定理由"):
        actions.decide_track(case, legal_track=track, track_reasons=reasons, version=1, by=prosecutor)


def test_another_track_counts_the_limitation_anew(case, prosecutor):
    PARTS["track"](case, prosecutor)
    actions.check_limitation(case, limitation_from=BASE, limitation_note="未届满。", version=2, by=prosecutor)
    assert Review.objects.get(case=case).limitation_expires_on == date(2028, 12, 1)

    version = Review.objects.get(case=case).version
    actions.decide_track(case, legal_track="labour", track_reasons="有考勤。", version=version, by=prosecutor)

    assert Review.objects.get(case=case).limitation_expires_on == date(2026, 12, 1)


def test_a_stale_opinion_is_shown_beside_the_newer_one(case, prosecutor):
    actions.save_opinions(case, version=1, by=prosecutor, facts_found="甲")

    with pytest.raises(Conflict) as conflict:
        actions.save_opinions(case, version=1, by=prosecutor, facts_found="乙")

    assert conflict.value.fields == {"facts_found": ("乙", "甲")}


def test_the_court_is_entered_with_the_opinions_and_papers_take_it(case, prosecutor):
    actions.save_opinions(case, version=1, by=prosecutor, intended_court="甲旗人民法院")
    case.refresh_from_db()
    assert Known(case).court == "甲旗人民法院"

    actions.save_opinions(case, version=2, by=prosecutor, facts_found="查明。")
    with pytest.raises(Conflict) as conflict:
        actions.save_opinions(case, version=2, by=prosecutor, intended_court="乙旗人民法院")

    case.refresh_from_db()
    assert case.intended_court == "甲旗人民法院"
    assert conflict.value.fields == {"intended_court": ("乙旗人民法院", "甲旗人民法院")}


def test_two_who_answer_different_questions_do_not_collide(case, prosecutor):
    actions.answer_checklist(case, answers={"voluntary": ("yes", "")}, version=1, by=prosecutor)
    actions.answer_checklist(case, answers={"necessary": ("no", "已付")}, version=1, by=prosecutor)

    with pytest.raises(Conflict) as conflict:
        actions.answer_checklist(case, answers={"voluntary": ("no", "没签")}, version=1, by=prosecutor)

    assert case.review.checks.count() == 2
    assert conflict.value.fields == {"voluntary": ("no", "yes"), "voluntary_note": ("没签", "")}


def test_no_is_explained_and_questions_are_those_of_the_list(case, prosecutor):
    with refused("请写明情况"):
        actions.answer_checklist(case, answers={"voluntary": ("no", " ")}, by=prosecutor)
    with refused("没有这些问题"):
        actions.answer_checklist(case, answers={"made_up": ("yes", "")}, by=prosecutor)


@pytest.mark.parametrize("names", ["李检察官", "李检察官、", "李检察官、李检察官"])
def test_one_investigator_is_too_few(case, prosecutor, names):
    with refused("二人以上"):
        inquire(case, prosecutor, investigators=names)


def test_an_inquiry_lies_in_the_past(case, prosecutor):
    with refused("还没到"):
        inquire(case, prosecutor, on=clock.today() + timedelta(days=1))


def test_an_exception_gives_its_reason(case, prosecutor):
    with refused("请写明理由"):
        actions.claim_iou_exception(case, iou_exception=True, iou_note="", version=1, by=prosecutor)
