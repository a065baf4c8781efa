import random
import threading
from datetime import datetime

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, IntegrityError, connection, transaction

from core import clock
from core.refusals import Refused
from documents import numbers
from documents.models import Number, NumberSeries


@pytest.fixture
def take(office, prosecutor):
    def take(kind="case", year=2026, **kwargs):
        return numbers.take(office, kind=kind, year=year, by=prosecutor, **kwargs)

    return take


def test_first_number_of_a_year_is_one_in_the_office_s_writing(take):
    number = take()

    assert (number.text, number.seq) == ("集检民支〔2026〕1号", 1)


def test_numbers_count_up_and_say_who_took_them(take, prosecutor):
    first, second = take(), take()

    assert (first.seq, second.seq) == (1, 2)
    assert second.taken_by == prosecutor


def test_each_kind_year_and_office_has_its_own_series(take, other_office, other):
    assert [take().seq, take().seq] == [1, 2]
    assert take(kind="letter").text == "集检民支函〔2026〕1号"
    assert take(year=2027).text == "集检民支〔2027〕1号"
    assert numbers.take(other_office, kind="case", year=2026, by=other).text == "前检民支〔2026〕1号"


def test_a_setting_replaces_the_template(take, settings):
    settings.NUMBER_TEMPLATES = {"case": "{abbr}检民支诉〔{year}〕{seq}号"}

    assert take().text == "集检民支诉〔2026〕1号"


@pytest.mark.parametrize("template", ["{abbr}检〔{year}〕号", "{seq.__class__}", "{seq}{settings}", "{seq"])
def test_a_template_that_names_anything_else_is_refused(take, template):
    with pytest.raises((ImproperlyConfigured, ValueError)):
        take(template=template)

    assert not NumberSeries.objects.exists()


def test_a_kind_without_template_says_so(take):
    with pytest.raises(ImproperlyConfigured, match="NUMBER_TEMPLATES 里没有“poem”"):
        take(kind="poem")


def test_taking_locks_the_counter(take, django_assert_num_queries):
    take()

    with django_assert_num_queries(3) as queries:
        take()
    assert "FOR UPDATE" in queries.captured_queries[0]["sql"]


def test_codes_are_unit_year_and_four_digits(office):
    assert numbers.take_code(office, "", 2026) == "150902-2026-0001"
    assert numbers.take_code(office, "", 2026) == "150902-2026-0002"
    assert numbers.take_code(office, "XS", 2026) == "XS-150902-2026-0001"


def test_a_code_past_ten_thousand_keeps_counting(office):
    NumberSeries.objects.create(organisation=office, kind="code:", year=2026, last=9_999)

    assert numbers.take_code(office, "", 2026) == "150902-2026-10000"


def test_a_rolled_back_number_is_the_next_one_s(take):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _ = take().seq / 0

    assert take().seq == 1


def test_the_year_changes_at_midnight_in_shanghai(take):
    with clock.travel(datetime(2026, 12, 31, 23, 59, 59)):
        assert take(year=clock.today().year).text == "集检民支〔2026〕1号"
    with clock.travel(datetime(2027, 1, 1, 0, 0, 0)):
        assert take(year=clock.today().year).text == "集检民支〔2027〕1号"


def test_a_voided_number_keeps_its_reason_and_is_not_given_again(take, chief):
    number = numbers.void(take(), reason=" 打印错误 ", by=chief)

    assert (number.void_reason, number.voided_by) == ("打印错误", chief)
    assert take().seq == 2


@pytest.mark.parametrize(("reason", "sentence"), [("", "还没填作废原因。"), ("  ", "还没填作废原因。")])
def test_voiding_asks_for_a_reason(take, chief, reason, sentence):
    with pytest.raises(Refused, match=sentence):
        numbers.void(take(), reason=reason, by=chief)


def test_a_number_is_voided_once(take, chief):
    number = numbers.void(take(), reason="打印错误", by=chief)

    with pytest.raises(Refused, match="已经作废"):
        numbers.void(number, reason="再来一次", by=chief)


@pytest.mark.parametrize(
    "change",
    [
        lambda number: Number.objects.filter(pk=number.pk).update(seq=9),
        lambda number: Number.objects.filter(pk=number.pk).update(text="集检民支〔2026〕9号"),
        lambda number: number.delete(),
        lambda number: NumberSeries.objects.update(last=0),
        lambda number: NumberSeries.objects.filter(pk=number.series_id).delete(),
    ],
)
def test_the_database_refuses_to_change_or_lose_a_number(take, change):
    number = take()

    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        change(number)


def test_the_database_refuses_a_second_number_of_the_same_place(take, prosecutor):
    number = take()

    with pytest.raises(IntegrityError, match="number_is_given_once"), transaction.atomic():
        Number.objects.create(series=number.series, seq=1, text="再来", taken_by=prosecutor)


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_sixteen_threads_leave_no_gap_and_no_duplicate_though_a_fifth_fails(take):
    kept: list[tuple[str, str]] = []
    threads = [threading.Thread(target=_take_fifty, args=(take, kept, seed)) for seed in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for kind, mark in (("case", "集检民支"), ("letter", "集检民支函")):
        texts = [text for k, text in kept if k == kind]
        assert sorted(texts) == sorted(f"{mark}〔2026〕{n}号" for n in range(1, len(texts) + 1))
        assert Number.objects.filter(series__kind=kind).count() == len(texts)
    assert len(kept) > 500


def _take_fifty(take, kept, seed):
    dice = random.Random(seed)
    for n in range(50):
        kind = "letter" if (n + seed) % 2 else "case"
        try:
            with transaction.atomic():
                text = take(kind=kind).text
                if dice.random() < 0.2:
                    raise Refused("反悔")
        except Refused:
            continue
        kept.append((kind, text))
    connection.close()
