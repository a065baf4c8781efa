"""Filters of the list: what they keep, what they ignore, and numbers that never stay in an address."""

import pytest
from django.urls import reverse

from audit.models import Entry, Verb
from cases.search import refresh
from core import clock
from tests.cases.factories import PersonFactory, RespondentFactory
from tests.cases.following import listed
from tests.cases.test_list import shown
from tests.cast import client_for

URL = reverse("cases:list")
HOSTILE = [
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "'; drop table cases_case; --",
    "\x00",
    "‮王",
    "王" * 5000,
]


@pytest.fixture
def browser(prosecutor):
    return client_for(prosecutor)


@pytest.fixture
def wang(prosecutor):
    """A case of 王海棠 against a company."""
    case = listed(prosecutor, review=True, title="王海棠诉宏远建筑劳务有限公司劳务合同纠纷")
    person = case.claimants.get().person
    person.name = "王海棠"
    person.save(update_fields=["name"])
    RespondentFactory(case=case)
    refresh(case)
    listed(prosecutor, title="赵铁军诉示例公司追索劳动报酬纠纷")
    return case


@pytest.mark.parametrize(
    "text", ["王海棠", "海棠", "wht", "wanghaitang", "宏远", "WHT", "  王海棠 ", "王海棠 & !"]
)
def test_a_key_word_finds_names_companies_and_pinyin(browser, wang, text):
    assert shown(browser, q=text) == [wang.code]


def test_a_key_word_finds_the_case_number(browser, wang):
    assert shown(browser, q=wang.official_number) == [wang.code]
    assert wang.code in shown(browser, q=wang.code)


@pytest.mark.parametrize("text", ["查无此人", "!!!", "' OR 1=1 --", "):*", "%"])
def test_signs_and_strangers_find_nothing_and_break_nothing(browser, wang, text):
    assert shown(browser, q=text) == []


@pytest.mark.parametrize("field", ["id_number", "phone"])
def test_a_whole_number_finds_its_person_and_leaves_the_address(browser, prosecutor, wang, field):
    number = getattr(wang.claimants.get().person, field)

    answer = browser.post(URL, {"q": number, "view": "all"})

    assert (answer.status_code, number in answer.url) == (302, False)
    page = browser.get(answer.url).content.decode()
    assert (wang.code in page, number in page, page.count('name="sel"')) == (True, False, 1)
    entry = Entry.objects.get(verb=Verb.SEARCH)
    assert (entry.actor, number in entry.detail, "找到 1 人" in entry.detail) == ("李检察官", False, True)


def test_htmx_is_sent_on_with_a_header(browser, wang):
    number = wang.claimants.get().person.phone

    answer = browser.post(URL, {"q": number}, headers={"HX-Request": "true"})

    assert (answer.status_code, number in answer.headers["HX-Redirect"]) == (200, False)


def test_a_number_of_another_offices_person_is_answered_like_an_unknown_one(browser, other, wang):
    theirs = listed(other, review=True).claimants.get().person
    nobody = PersonFactory.build(organisation=None)

    known, unknown = (browser.post(URL, {"q": number}) for number in (theirs.phone, nobody.phone))

    assert known.url == unknown.url
    assert "当事人：没有找到" in browser.get(known.url).content.decode()
    assert shown(browser, person=str(theirs.pk)) == []


def test_conditions_narrow_together(browser, prosecutor, prosecutor2):
    wanted = listed(prosecutor2, review=True, source="court")
    listed(prosecutor2, review=True, source="letter")
    listed(prosecutor, review=True, source="court")
    query = {"view": "all", "stage": "review", "handler": str(prosecutor2.pk), "source": "court"}

    assert shown(browser, **query) == [wanted.code]


def test_the_period_of_acceptance_includes_both_ends(browser, prosecutor):
    case = listed(prosecutor, review=True)
    day = str(case.accepted_on)

    assert shown(browser, **{"from": day, "to": day}) == [case.code]
    assert shown(browser, **{"from": str(clock.today())}) == []


def test_unassigned_cases_can_be_asked_for(browser, prosecutor):
    case = listed(prosecutor)
    type(case).objects.filter(pk=case.pk).update(handler=None)
    listed(prosecutor)

    assert shown(browser, handler="none") == [case.code]


@pytest.mark.parametrize(
    "query",
    [
        {"stage": "bogus"},
        {"handler": "999999"},
        {"source": "x"},
        {"from": "2026-13-45"},
        {"size": "9999"},
        {"size": "x"},
        {"page": "-5"},
        {"page": "x"},
        {"sort": "organisation__name"},
        {"sort": "-claimants__person__id_index"},
        {"view": "everything"},
        {"person": "x"},
        {"court": "2", "ordering": "worker__id_ct", "next": "//evil"},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_ignored(browser, prosecutor, query):
    case = listed(prosecutor, review=True)

    assert shown(browser, **query) == [case.code]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_key_words_are_shown_as_text(browser, text):
    answer = browser.get(URL, {"q": text})

    assert answer.status_code == (404 if "\0" in text else 200)
    assert b"<script>alert" not in answer.content


def test_each_chip_takes_one_condition_away_and_keeps_the_others(browser, prosecutor):
    listed(prosecutor, review=True)

    page = browser.get(URL, {"view": "all", "stage": "review", "handler": "me", "page": "1"}).content.decode()

    assert 'href="?view=all&amp;handler=me" aria-label="移除条件 阶段：审查中"' in page
    assert 'href="?view=all&amp;stage=review" aria-label="移除条件 承办人：我承办的"' in page
    assert 'href="?view=all">清空全部' in page
