"""Clocks of the time before knew no date: they learn it where only one can be meant, else the page says so."""

from importlib import import_module

from django.apps import apps
from django.db import connection
from django.urls import reverse

from cases import clocks
from cases.models import CaseDeadline, Filing
from deadlines.models import DeadlinePause
from tests.cases.court import days_ago, filed_case
from tests.cases.events import clock_of, record, reviewed_case
from tests.cast import client_for

MIGRATION = import_module("cases.migrations.0015_dates_that_clocks_rest_on")


def forget():
    """As the rows stood before."""
    CaseDeadline.objects.update(rests_on="")
    switch("DISABLE")
    DeadlinePause.objects.update(begun_by="", ended_by="")
    switch("ENABLE")


def switch(how):
    """In a migration nothing of these rows is pending, in a test everything is."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {MIGRATION.TABLE} {how} TRIGGER {MIGRATION.TABLE}_append_only")


def learn():
    switch("DISABLE")
    MIGRATION.name_dates(apps, None)
    switch("ENABLE")


def test_what_only_one_date_can_have_started_or_stopped_rests_on_it(cast):
    court, office = filed_case(cast, "ordinary"), reviewed_case(cast)
    begun = record(court, "appraisal_began", days_ago(9))
    ended = record(court, "appraisal_ended", days_ago(5))
    forget()

    learn()

    filing = court.filings.get()
    assert {link.rests_on for link in court.case_deadlines.all()} == {f"filing-{filing.pk}"}
    assert {link.rests_on for link in office.case_deadlines.all()} == {"accepted_on"}
    row = clock_of(court, "C5").pauses.get()
    assert (row.begun_by, row.ended_by) == (f"occurrence-{begun.pk}", f"occurrence-{ended.pk}")


def test_what_two_dates_can_have_started_is_left_and_the_page_says_so(cast):
    case = filed_case(cast, "ordinary")
    now = case.filings.get()
    Filing.objects.create(
        case=case,
        court=now.court,
        court_number="（2026）内0902民初99号",
        filed_on=now.filed_on,
        procedure="ordinary",
        ended_on=now.filed_on,
        recorded_by=cast.prosecutor,
    )
    record(case, "appraisal_began", days_ago(9))
    forget()

    learn()

    assert {link.rests_on for link in case.case_deadlines.all()} == {""}
    assert [row.begun_by for row in DeadlinePause.objects.all()] == [
        f"occurrence-{case.occurrences.get().pk}"
    ]
    page = client_for(cast.prosecutor).get(reverse("cases:corrections", args=[case.code])).content.decode()
    assert page.count("没有记明起算所依的日期") == len(clocks.running(case)) == 2
