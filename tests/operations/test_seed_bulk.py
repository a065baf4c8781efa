"""Bulk cases: they keep every rule of the database, look like cases on every page, and say what they are."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from cases.models import Case, Person, Recovery
from cases.recovery import check
from cases.workflow import Stage
from core.identity import parse_id_number, parse_phone
from dashboard.demo import bulk
from dashboard.demo.bulk_plan import WAYS
from documents.models import Number, NumberSeries
from tests.cast import client_for


@pytest.fixture
def filled(cast):
    """A hundred cases, every stage among them."""
    assert [cast.prosecutor, cast.clerk, cast.head, cast.chief]
    bulk.fill([cast.office], bulk.sizes(100, 2))
    return cast


def test_every_stage_on_the_way_is_there(filled):
    assert set(Case.objects.values_list("stage", flat=True)) == set(WAYS)
    assert Case.objects.count() == 100


def test_the_ledger_of_bulk_money_is_in_order(filled):
    assert list(check.findings()) == []
    assert Recovery.objects.verified().count() > 30


def test_numbers_stay_gapless_and_the_next_real_one_follows(filled):
    for series in NumberSeries.objects.filter(kind="case"):
        taken = Number.objects.filter(series=series).order_by("seq").values_list("seq", flat=True)
        assert list(taken) == list(range(1, series.last + 1))


def test_workers_are_encrypted_and_valid(filled):
    for person in Person.objects.all()[:20]:
        assert parse_id_number(person.id_number) == person.id_number
        assert parse_phone(person.phone) == person.phone


def test_the_same_seed_gives_the_same_people_and_a_second_run_gives_others(filled):
    first = list(Person.objects.order_by("created_at").values_list("name", flat=True))
    bulk.fill([filled.office], bulk.sizes(100, 2))
    both = list(Person.objects.order_by("created_at").values_list("name", flat=True))

    assert both == first + first
    assert Case.objects.count() == 200


@pytest.mark.parametrize("stage", WAYS)
def test_the_page_of_a_bulk_case_opens(filled, stage):
    case = Case.objects.filter(stage=stage).first()

    assert client_for(filled.clerk).get(case.get_absolute_url()).status_code == 200


def seed(*arguments):
    out = io.StringIO()
    call_command("seed_bulk", "--cases", "3", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_refuses_outside_the_demo(office):
    with pytest.raises(CommandError, match="DEMO=1"):
        seed()
    assert Case.objects.count() == 0


def test_the_command_fills_an_empty_database_when_forced_but_only_once(office):
    assert "没有走办案流程" in seed("--force-empty")
    with pytest.raises(CommandError, match="DEMO=1"):
        seed("--force-empty")
    assert Case.objects.count() == 3


def test_the_command_makes_units_and_nobody_with_a_known_password(settings):
    seed("--force-empty", "--office", "150902")

    assert {case.organisation.code for case in Case.objects.all()} == {"150902"}
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_an_unknown_office_is_refused(office, settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="没有代码为 X 的基层院"):
        seed("--office", "X")


def test_stages_of_the_plan_are_real_ones():
    assert all(isinstance(stage, Stage) for stage in WAYS)
