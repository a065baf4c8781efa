"""阅读全文: agreeing rests on having read this very text, on record by person, step and text (T40, ux P8)."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from approvals.models import Reading
from cases.approval import actions as approval
from cases.approval import passing
from cases.decision import content
from cases.workflow import Matter
from core.refusals import Refused
from tests.cases.deciding import submitted
from tests.cases.traces import refused
from tests.cast import client_for

UNREAD = "还没读完送审内容，不能同意。"


@pytest.fixture
def proposal(cast):
    return submitted(cast, Matter.SUPPORT)


def read_to_end(proposal, by, **changes):
    now = content.digest(proposal.case, proposal)
    step = proposal.round.current_step.pk
    fields = {"round": proposal.round, "seen": now, "now": now, "step": step, "by": by, **changes}
    return passing.note_reading(proposal.case, **fields)


def test_agreeing_unread_is_refused_and_leaves_no_trace(cast, proposal):
    with refused(UNREAD):
        approval.approve(proposal.case, by=cast.head)


def test_who_read_to_the_end_may_agree_without_the_tick(cast, proposal):
    read_to_end(proposal, cast.head)

    approval.approve(proposal.case, by=cast.head)

    assert [(r.reader, r.how) for r in Reading.objects.all()] == [(cast.head, "scrolled")]


def test_the_tick_is_put_on_record_with_the_text(cast, proposal):
    round = approval.approve(proposal.case, by=cast.head, read=True)

    found = Reading.objects.get()
    assert (found.reader, found.how, found.content_hash) == (cast.head, "ticked", round.content_hash)


def test_what_the_head_read_is_not_read_by_the_chief(cast, proposal):
    approval.approve(proposal.case, by=cast.head, read=True)

    with refused(UNREAD):
        approval.approve(proposal.case, by=cast.chief)


def test_what_was_read_before_the_return_is_read_anew(cast, proposal):
    read_to_end(proposal, cast.head)
    approval.send_back(proposal.case, opinion="补充。", by=cast.head)
    again = submitted(cast, Matter.SUPPORT, proposal.case, reasons="补充后的理由。")

    with refused(UNREAD):
        approval.approve(again.case, by=cast.head)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"seen": "0" * 64}, "你看到的不是现在送审的内容，请刷新后重新阅读。"),
        ({"seen": "0" * 64, "now": "0" * 64}, "你看到的不是现在送审的内容，请刷新后重新阅读。"),
    ],
)
def test_another_text_is_no_reading_of_this_one(cast, proposal, change, sentence):
    with pytest.raises(Refused, match=sentence):
        read_to_end(proposal, cast.head, **change)
    assert not Reading.objects.exists()


@pytest.mark.parametrize("who", ["chief", "prosecutor", "clerk", "other_head"])
def test_only_whose_turn_it_is_reads_for_the_record(cast, proposal, who):
    with pytest.raises(Refused):
        read_to_end(proposal, getattr(cast, who))
    assert not Reading.objects.exists()


def test_reading_twice_is_one_row_and_rows_stay(cast, proposal):
    assert read_to_end(proposal, cast.head) == read_to_end(proposal, cast.head)

    with pytest.raises(IntegrityError, match="阅读记录写下后不能改动"), transaction.atomic():
        Reading.objects.update(how="ticked")


def test_the_end_of_the_sheet_answers_with_the_open_button(cast, proposal):
    url, browser = reverse("cases:approval", args=[proposal.case.code]), client_for(cast.head)
    step = {"step": proposal.round.current_step.pk}
    seen = {"seen": proposal.round.content_hash}
    before = browser.get(url).text

    answer = browser.post(url, {"act": "read", **step, **seen}, headers={"HX-Request": "true"})

    assert 'hx-trigger="intersect once"' in before
    assert ("我已阅读全文" in answer.text, "已读到文末" in answer.text) == (False, True)
    assert 'hx-trigger="intersect once"' not in browser.get(url).text
    assert browser.post(url, {"act": "approve", **step, **seen}).status_code == 302


def test_a_stale_page_does_not_read_and_is_told(cast, proposal):
    url, browser = reverse("cases:approval", args=[proposal.case.code]), client_for(cast.head)
    data = {"act": "read", "step": proposal.round.current_step.pk, "seen": "0" * 64}

    answer = browser.post(url, data, headers={"HX-Request": "true"})

    assert "你看到的不是现在送审的内容" in answer.text
    assert not Reading.objects.exists()
