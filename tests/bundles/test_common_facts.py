"""What holds for all workers and only papers say yet: the court, before there is a decision."""

import pytest

from cases.bundles.checking import check
from cases.paperwork import drafting
from cases.paperwork.catalogue import paper_by
from cases.paperwork.per_worker import sheets_of, workers_of
from tests.bundles.stage import a_group


def without_court(cast, workers):
    case = a_group(cast, workers)
    case.intended_court = ""
    case.save(update_fields=["intended_court"])
    return case


@pytest.mark.parametrize("key", ["complaint_service", "evidence_list", "support_letter"])
def test_the_court_that_only_a_paper_names_holds_for_all(cast, key):
    case = without_court(cast, 2)
    everybody = workers_of(case)
    before = sheets_of(case, ["complaint_service"], everybody, everybody)
    document = drafting.draft(case, paper_by(key), by=cast.prosecutor)
    drafting.revise(case, document, by=cast.prosecutor, expected_n=1, court="察哈尔右翼前旗人民法院")
    after = sheets_of(case, ["complaint_service"], everybody, everybody)

    assert [each.missing for each in before] == [("致送法院",)] * 2
    assert [(each.missing, each.facts.court) for each in after] == [((), "察哈尔右翼前旗人民法院")] * 2


def test_its_own_paper_is_asked_for_the_court_before_others_and_the_case_before_both(cast):
    case = without_court(cast, 1)
    everybody = workers_of(case)
    for key, court in (("complaint_service", "甲旗人民法院"), ("support_letter", "乙旗人民法院")):
        document = drafting.draft(case, paper_by(key), by=cast.prosecutor)
        drafting.revise(case, document, by=cast.prosecutor, expected_n=1, court=court)
    asked = ["complaint_service", "evidence_list"]

    found = sheets_of(case, asked, everybody, everybody)
    assert [each.facts.court for each in found] == ["甲旗人民法院", "乙旗人民法院"]
    case.intended_court = "丙旗人民法院"
    assert {each.facts.court for each in sheets_of(case, asked, everybody, everybody)} == {"丙旗人民法院"}


def test_what_all_lack_is_one_row_that_leads_to_where_it_is_entered(cast):
    case = without_court(cast, 5)
    found = check(case, cast.prosecutor, ["complaint_service", "evidence_list"], "all", [])

    (row,) = found.troubles
    assert (row.text, row.url) == ("待填：致送法院", f"/cases/{case.code}/review/opinions/")
    assert row.titles == ("民事起诉状（劳务合同）", "证据目录")
    assert [each.number for each in row.workers] == [1, 2, 3, 4, 5]
