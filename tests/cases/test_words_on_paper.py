"""Words of papers that depend on the case: what a respondent is called, and what a screen hides of typed texts."""

import pytest

from cases.models import LegalTrack, Review
from cases.paperwork import drafting
from cases.paperwork.catalogue import paper_by
from cases.paperwork.sheets import sheet_of
from documents import body
from tests.bundles.stage import a_group


@pytest.mark.parametrize(
    ("track", "said"),
    [("labour", "（用人单位）"), ("service", "（接受劳务一方）"), ("contract_work", "（定作人）")],
)
def test_a_respondent_is_an_employer_in_labour_relations_alone(cast, track, said):
    case = a_group(cast, 1)
    Review.objects.filter(case=case).update(legal_track=LegalTrack(track))
    document = drafting.draft(case, paper_by("review_report"), by=cast.prosecutor)
    (line,) = [each for each in body.lines(document.latest.body) if each.startswith("被申请人：")]
    assert said in line
    assert ("用人单位" in line) == (track == "labour")


def test_an_address_typed_with_blanks_is_masked_in_a_text_too(cast):
    case = a_group(cast, 1)
    person = case.claimants.get().person
    person.address = "示例旗示例镇 15 号"
    person.save(update_fields=["address"])
    case.facts = "王建国住示例旗示例镇 15 号，2025 年 4 月起务工。"
    case.save(update_fields=["facts"])
    document = drafting.draft(case, paper_by("complaint_service"), by=cast.prosecutor)

    assert "2025年4月起务工" in document.latest.body
    assert "示例旗示例镇15号，" in document.latest.body
    shown = str(sheet_of(case, document.latest))
    assert "15号" not in shown
    assert "15 号" not in shown
