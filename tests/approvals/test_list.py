"""审批 list: what waits for me, deputised ones marked, what I submitted, what I did."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.navigation import counts_for
from approvals import rounds
from approvals.models import ApprovalRound, Capacity
from tests.accounts.factories import DeputyFactory
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page

NUMBER = "approvals:list"
URL = reverse(NUMBER)
MOST_QUERIES = 12


def opened(cast, n=1, by=None):
    by = by or cast.prosecutor
    return rounds.open(
        "decline",
        organisation=cast.office,
        chain=[Capacity.HEAD, Capacity.CHIEF],
        title=f"集检民支〔2026〕{n}号：不支持起诉",
        owner_url=f"/cases/{n}/approval/",
        content_hash="0" * 64,
        drafted_by=by,
        by=by,
    )


@pytest.fixture(autouse=True)
def _approvers(cast):
    return cast.head, cast.chief


def listed(user, tab="waiting"):
    return client_for(user).get(URL, {"tab": tab}).text


def test_a_round_waits_for_its_first_approver_alone(cast):
    round = opened(cast)

    assert round.title in listed(cast.head)
    assert round.title not in listed(cast.chief)
    assert counts_for(cast.head, [NUMBER])[NUMBER] == (1, True)
    assert counts_for(cast.chief, [NUMBER])[NUMBER] == (0, False)


def test_after_the_first_agreement_it_waits_for_the_second(cast):
    round = opened(cast)
    rounds.agree(round, content_hash=round.content_hash, opinion="同意。", by=cast.head, read=True)

    assert "没有等你审批的事项" in listed(cast.head)
    assert round.title in listed(cast.chief)
    assert round.title in listed(cast.head, "done")


def test_the_deputy_sees_on_whose_behalf(cast):
    round = opened(cast)
    DeputyFactory(absent=cast.head, substitute=cast.prosecutor2)

    assert round.title in listed(cast.prosecutor2)
    assert "代 赵主任" in listed(cast.prosecutor2)
    assert "代 赵主任" not in listed(cast.head)


def test_what_one_drafted_does_not_wait_for_oneself_as_deputy(cast):
    opened(cast)
    DeputyFactory(absent=cast.head, substitute=cast.prosecutor)

    assert "没有等你审批的事项" in listed(cast.prosecutor)
    assert counts_for(cast.prosecutor, [NUMBER])[NUMBER] == (0, False)


def test_what_i_submitted_is_listed_until_it_ends(cast):
    round = opened(cast)
    assert "部门负责人 赵主任 待审批" in listed(cast.prosecutor, "submitted")

    rounds.send_back(round, opinion="补充。", by=cast.head)

    assert "没有在审批的提交" in listed(cast.prosecutor, "submitted")


def test_an_unknown_tab_is_the_first_one(cast):
    opened(cast)

    assert "待审批" in listed(cast.head, "x' or 1=1")


@pytest.mark.parametrize("tab", ["waiting", "submitted", "done"])
def test_the_panel_is_part_of_the_page(cast, tab):
    opened(cast)

    assert_panel_is_part_of_page(client_for(cast.head), URL, tab=tab)


@pytest.mark.parametrize(("tab", "who"), [("waiting", "head"), ("submitted", "prosecutor"), ("done", "head")])
def test_one_row_and_thirty_cost_the_same_few_queries(cast, tab, who):
    browser, costs = client_for(getattr(cast, who)), []
    browser.get(URL)  # the first page after sign-in has work of its own
    for n in (1, 30):
        while len(made := list(ApprovalRound.objects.all())) < n:
            round = opened(cast, len(made))
            if tab == "done":
                rounds.agree(
                    round, content_hash=round.content_hash, opinion="同意。", by=cast.head, read=True
                )
        with CaptureQueriesContext(connection) as queries:
            assert f"共 {n} 项" in browser.get(URL, {"tab": tab}).text
        costs.append(len(queries))

    assert costs[0] == costs[1]
    assert costs[0] <= MOST_QUERIES, [query["sql"][:120] for query in queries]


@pytest.mark.parametrize("who", ["city", "legalaid", "mediator", "sysadmin", "auditor"])
def test_who_does_not_work_on_cases_is_told_whom_to_ask(cast, who):
    assert client_for(getattr(cast, who)).get(URL).status_code == 403
