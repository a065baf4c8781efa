"""封面 and 备考表 say of this very file what is true: whether it holds everything, when the case ended."""

from datetime import date

import pytest

from cases.paperwork.known import Known
from core import clock
from tests.bundles.stage import content_of
from tests.bundles.test_case_file import a_full_case, file_of, texts
from tests.cases.factories import CaseFactory

DAY = date(2026, 3, 2)


@pytest.fixture
def case(cast):
    return a_full_case(cast)


def test_the_end_sheet_names_the_pages_that_stand_for_something(case, cast):
    said = texts(content_of(file_of(case, cast.prosecutor)))[-1]
    assert "本卷第2、3、8页为说明页，所列3件材料没有装入本卷" in said
    assert "其余材料齐全，没有缺损。" in said

    case.evidence.exclude(name__in=["工资表", "现场照片"]).update(
        removed_at=clock.now(), removed_reason="重复"
    )
    assert "本卷材料齐全，没有缺损。" in texts(content_of(file_of(case, cast.prosecutor)))[-1]


@pytest.mark.parametrize(
    ("stage", "closed_on"), [("supported", None), ("declined", DAY), ("terminated", DAY)]
)
def test_the_cover_says_when_it_ended_only_when_it_has_ended(stage, closed_on):
    assert Known(CaseFactory.build(stage=stage, decided_on=DAY)).closed_on == closed_on
