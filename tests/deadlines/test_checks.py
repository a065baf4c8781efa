"""A year without holidays: a failing check, a probe, a warning on the date; but never in the way of `migrate`."""

from datetime import date
from io import StringIO

import pytest
from django.core import checks
from django.core.management import CommandError, call_command
from django.template import Context, Template

from core import clock
from dashboard.operations import preflight
from deadlines.models import Holiday
from deadlines.reference import calendar_probe
from tests.deadlines.factories import DeadlineFactory

NOVEMBER, SPRING = date(2026, 11, 25), date(2026, 3, 2)


def errors():
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    return [(each.level, each.msg[:4]) for each in found if each.id == "deadlines.E904"]


def test_the_check_fails_for_next_year_within_sixty_days():
    with clock.travel(NOVEMBER):
        assert errors() == [(checks.ERROR, "2027")]


def test_the_check_fails_for_this_year_at_any_time():
    Holiday.objects.filter(day=date(2026, 10, 1)).delete()

    with clock.travel(SPRING):
        assert errors() == [(checks.ERROR, "2026")]


def test_the_check_is_silent_in_spring_and_without_a_database():
    with clock.travel(SPRING):
        assert errors() == []
    with clock.travel(NOVEMBER):
        assert [each for each in checks.run_checks() if each.id == "deadlines.E904"] == []


def test_manage_check_fails_and_migrate_does_not():
    with clock.travel(NOVEMBER):
        with pytest.raises(CommandError, match=r"deadlines\.E904"):
            call_command("check", databases=["default"], stdout=StringIO())

        call_command("migrate", "deadlines", skip_checks=False, verbosity=0, stdout=StringIO())

        assert errors() == [(checks.ERROR, "2027")]  # asked again as soon as migrate is over


def test_the_probe_is_bad_news_only_when_this_year_is_missing():
    with clock.travel(NOVEMBER):
        assert calendar_probe() == ""

        Holiday.objects.filter(day=date(2026, 10, 1)).delete()

        assert calendar_probe().startswith("2026 年节假日安排尚未录入")


@pytest.mark.parametrize(
    ("day", "level", "words"),
    [(NOVEMBER, "warn", "2027 年节假日安排还没录入"), (SPRING, "warn", "2027 年节假日安排还没录入")],
)
def test_preflight_speaks_of_next_year_when_its_notice_is_due(day, level, words):
    with clock.travel(day):
        finding = preflight.holidays()

    assert (finding.level, finding.sentence[: len(words)]) == (level, words)


def test_a_date_of_a_missing_year_says_so_on_its_chip(prosecutor):
    unsure = DeadlineFactory(responsible=prosecutor, code="C5")
    sure = DeadlineFactory(responsible=prosecutor)

    def chip(name, deadline):
        return Template(f"{{% load zhichi %}}{{% {name} deadline %}}").render(Context({"deadline": deadline}))

    assert "日期待核" in chip("clock", unsure)
    assert "日期待核" in chip("clock_big", unsure)
    assert "日期待核" not in chip("clock", sure) + chip("clock_big", sure)
