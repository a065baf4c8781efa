"""docs/workflow.md is drawn from the table, and the check sees when it is not."""

import pytest
from django.core.management import CommandError, call_command

from cases import diagram
from cases.workflow import FLOW, Act, Matter, Move, Stage


def test_the_page_in_docs_is_the_one_of_the_table():
    call_command("diagram", "--check")


def test_every_move_is_an_arrow_from_each_of_its_stages():
    text = diagram.text()

    for move, (sources, target) in FLOW.items():
        for source in sources:
            assert f"    {source.value} --> {target.value}: {move.label}\n" in text
    assert text.count(" --> ") == sum(len(sources) for sources, _ in FLOW.values()) + 2


def test_every_stage_matter_and_act_has_its_line():
    text = diagram.text()

    for each in (*Stage, *Move, *Matter, *Act):
        assert f"| {each.label} |" in text


def test_a_page_that_lags_behind_is_refused_and_drawn_anew(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/workflow.md").write_text("old")

    with pytest.raises(CommandError, match="不一致"):
        call_command("diagram", "--check")
    call_command("diagram", verbosity=0)
    call_command("diagram", "--check")
