"""自动保存 of what is typed into a paper: kept, offered, never in the way of another window or another person."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.paperwork import drafting, keeping
from cases.paperwork.catalogue import paper_by
from cases.paperwork.forms import form_of, initial_of
from core import clock
from core.refusals import Conflict, Refused
from documents import papers, working_copies
from documents.models import Version, WorkingCopy
from tests.cases.factories import case_of_office
from tests.cast import client_for


@pytest.fixture
def case(cast):
    return case_of_office(cast, reviewed=True)


@pytest.fixture
def document(case, prosecutor):
    return drafting.draft(case, paper_by("application"), by=prosecutor)


def filled_in(document, n=1, **typed):
    """What a browser sends of the whole form; the page is its own unless told."""
    facts = papers.facts_of(document.versions.get(n=n))
    saved = form_of(type(facts))(initial=initial_of(facts))
    names = [name for name in saved.fields if name not in saved.HELPERS]
    values = {name: "" if (value := saved[name].value()) is None else str(value) for name in names}
    return values | {"version": n, "page": str(uuid4()), "copy": ""} | typed


def typed_in(document, **typed):
    facts = papers.facts_of(document.latest)
    form = form_of(type(facts))(filled_in(document, **typed))
    form.is_valid()
    return form


def kept(case, document, by, **typed):
    return keeping.keep(case, document, typed_in(document, **typed), by=by)


def test_opening_a_paper_keeps_nothing(case, document, prosecutor):
    client_for(prosecutor).get(reverse("cases:document", args=[case.code, document.pk]))
    assert kept(case, document, prosecutor) is None
    assert not WorkingCopy.objects.exists()


def test_what_is_typed_is_kept_sealed_and_said(case, document, prosecutor):
    url = reverse("cases:paper_preview", args=[case.code, document.pk])
    answer = client_for(prosecutor).post(
        url, filled_in(document, inability="不识字。"), headers={"HX-Request": "true"}
    )
    copy = WorkingCopy.objects.get()
    assert f"{timezone.localtime(copy.kept_at):%H:%M} 已自动保存" in answer.text
    assert copy.typed["inability"] == "不识字。"
    raw = WorkingCopy.objects.filter(pk=copy.pk).extra(select={"raw": "typed_json"}).get().raw
    assert "不识字".encode() not in bytes(raw)
    assert Version.objects.count() == 1


def test_a_half_typed_sum_is_kept_letter_by_letter(case, prosecutor):
    document = drafting.draft(case, paper_by("preservation"), by=prosecutor)
    field = next(name for name, each in typed_in(document).fields.items() if "金额" in str(each.label))
    assert kept(case, document, prosecutor, **{field: "2万4"}).typed[field] == "2万4"


def test_taking_back_what_was_typed_leaves_no_copy(case, document, prosecutor):
    page = str(uuid4())
    kept(case, document, prosecutor, inability="不识字。", page=page)
    assert kept(case, document, prosecutor, page=page) is None
    assert not WorkingCopy.objects.exists()


def test_coming_back_goes_on_with_it_at_once_and_says_what_differs(case, document, prosecutor):
    mine = kept(case, document, prosecutor, inability="不识字。")
    browser, url = client_for(prosecutor), reverse("cases:document", args=[case.code, document.pk])
    page = browser.get(url).text
    assert "不识字。</textarea>" in page
    assert "自动保存、还没有保存成稿的修改" in page
    assert "与第 1 稿不同：诉讼能力不足的情况</summary>" in page
    assert page.count("不识字。") == 3  # in the field, on the sheet, beside what is saved
    assert page.count(f'value="{mine.stamp}"') == 2  # what the form continues, what 放弃 gives up
    assert "不识字。</textarea>" not in browser.get(url + "?n=1").text.split('id="sheet"')[1]


def test_what_is_typed_on_after_coming_back_is_kept_too(case, document, prosecutor):
    """Typed, left, opened, typed directly, left, opened: the last words stand in the form."""
    first = kept(case, document, prosecutor, inability="不识字。")
    kept(case, document, prosecutor, inability="不识字，也不会写字。", copy=str(first.stamp))
    assert [copy.typed["inability"] for copy in WorkingCopy.objects.all()] == ["不识字，也不会写字。"]
    page = client_for(prosecutor).get(reverse("cases:document", args=[case.code, document.pk])).text
    assert "不识字，也不会写字。</textarea>" in page


def test_saving_at_once_after_coming_back_leaves_nothing_older_to_offer(case, document, prosecutor):
    first = kept(case, document, prosecutor, inability="不识字。")
    browser, url = client_for(prosecutor), reverse("cases:document", args=[case.code, document.pk])
    browser.post(url, filled_in(document, inability="改过的。", copy=str(first.stamp)))
    assert (document.versions.count(), WorkingCopy.objects.count()) == (2, 0)
    assert "没有保存成稿的修改" not in browser.get(url).text


def test_saving_makes_the_next_draft_and_ends_the_copy(case, document, prosecutor):
    page = str(uuid4())
    kept(case, document, prosecutor, inability="不识字。", page=page)
    url = reverse("cases:document", args=[case.code, document.pk])
    answer = client_for(prosecutor).post(url, filled_in(document, inability="不识字。", page=page))
    assert (answer.status_code, document.latest.n) == (302, 2)
    assert not WorkingCopy.objects.exists()


def test_a_late_request_after_saving_keeps_nothing(case, document, prosecutor):
    late = typed_in(document, inability="不识字。")
    drafting.revise(case, document, by=prosecutor, expected_n=1, inability="不识字。")
    assert keeping.keep(case, document, late, by=prosecutor) is None


def test_a_second_window_keeps_its_words_beside_those_of_the_first(case, document, prosecutor):
    first = kept(case, document, prosecutor, inability="第一个窗口。")
    kept(case, document, prosecutor, inability="第二个窗口。")
    kept(case, document, prosecutor, inability="接着第一个写。", copy=str(first.stamp))
    kept(
        case, document, prosecutor, inability="晚了。", copy=str(first.stamp)
    )  # a page that was opened before that
    said = {copy.typed["inability"] for copy in WorkingCopy.objects.all()}
    assert said == {"第二个窗口。", "接着第一个写。", "晚了。"}


def test_each_window_can_be_gone_on_with_and_saving_ends_its_own_alone(case, document, prosecutor):
    first = kept(case, document, prosecutor, inability="第一个窗口。")
    kept(case, document, prosecutor, inability="第二个窗口。")
    browser, url = client_for(prosecutor), reverse("cases:document", args=[case.code, document.pk])
    assert "第二个窗口。</textarea>" in browser.get(url).text
    assert f'href="{url}?copy={first.pk}"' in browser.get(url).text
    assert "第一个窗口。</textarea>" in browser.get(f"{url}?copy={first.pk}").text
    browser.post(url, filled_in(document, inability="保存的。", copy=str(first.stamp)))
    assert [copy.typed["inability"] for copy in WorkingCopy.objects.all()] == ["第二个窗口。"]
    page = browser.get(url).text  # of an older draft: offered, not put over what was saved
    assert ("保存的。</textarea>" in page, "第二个窗口。" in page, ">接着写</a>" in page) == (
        True,
        True,
        True,
    )


def test_a_paper_that_is_no_draft_any_more_says_why_nothing_is_kept(case, document, prosecutor):
    sent = filled_in(document, inability="晚了。")
    drafting.issue(case, document, by=prosecutor)
    url = reverse("cases:paper_preview", args=[case.code, document.pk])
    assert "没有自动保存：" in client_for(prosecutor).post(url, sent, headers={"HX-Request": "true"}).text


def test_a_newer_draft_of_somebody_else_leads_to_the_choice_with_both_words(
    case, document, prosecutor, assistant
):
    kept(case, document, prosecutor, inability="我的写法。")
    drafting.revise(case, document, by=assistant, expected_n=1, inability="他的写法。")
    browser, url = client_for(prosecutor), reverse("cases:document", args=[case.code, document.pk])
    assert "又有了新的一稿" in browser.get(url).text
    copy = WorkingCopy.objects.get()
    sent = filled_in(document, **copy.typed, copy=str(copy.stamp))
    answer = browser.post(url, sent)
    assert (answer.status_code, "我的写法。" in answer.text, "他的写法。" in answer.text) == (409, True, True)
    assert WorkingCopy.objects.exists()


def test_copies_of_two_people_stand_side_by_side(case, document, prosecutor, assistant):
    kept(case, document, prosecutor, inability="甲")
    kept(case, document, assistant, inability="乙")
    assert {copy.typed["inability"] for copy in WorkingCopy.objects.all()} == {"甲", "乙"}
    page = client_for(assistant).get(reverse("cases:document", args=[case.code, document.pk])).text
    assert '<td data-l="你没保存的">乙</td>' in page


def test_a_reader_and_a_stranger_keep_nothing(case, document, cast):
    assert kept(case, document, cast.prosecutor2, inability="不是我的案件") is None
    assert not WorkingCopy.objects.exists()


@pytest.mark.parametrize("end", ["issue", "void"])
def test_issue_and_void_end_every_copy(case, document, prosecutor, assistant, end):
    kept(case, document, assistant, inability="没有保存")
    if end == "issue":
        drafting.issue(case, document, by=prosecutor)
    else:
        drafting.void(case, document, reason="写错了", by=prosecutor)
    assert not WorkingCopy.objects.exists()


def test_nobody_issues_past_their_own_unsaved_words(case, document, prosecutor):
    kept(case, document, prosecutor, inability="没有保存")
    with pytest.raises(Refused, match="没有保存成稿"):
        drafting.issue(case, document, by=prosecutor)


def test_only_the_copy_that_was_shown_is_given_up(case, document, prosecutor):
    kept(case, document, prosecutor, inability="甲")
    url = reverse("cases:paper_copy_drop", args=[case.code, document.pk])
    answer = client_for(prosecutor).post(url, {"copy": str(uuid4()), "page": ""}, follow=True)
    assert "没有放弃" in answer.text
    assert WorkingCopy.objects.exists()
    client_for(prosecutor).post(url, {"copy": str(WorkingCopy.objects.get().stamp)})
    assert not WorkingCopy.objects.exists()
    page = str(uuid4())  # a page that wrote on since it was opened gives up its own
    kept(case, document, prosecutor, inability="乙", page=page)
    client_for(prosecutor).post(url, {"copy": str(uuid4()), "page": page})
    assert not WorkingCopy.objects.exists()


def test_what_nobody_came_back_to_is_deleted_after_its_time(case, document, prosecutor, settings):
    copy = kept(case, document, prosecutor, inability="甲")
    copy.kept_at = clock.now() - timedelta(days=settings.WORKING_COPY_DAYS, minutes=-1)
    copy.save(update_fields=["kept_at"])
    assert working_copies.forget_old() == 0
    copy.kept_at -= timedelta(minutes=2)
    copy.save(update_fields=["kept_at"])
    assert working_copies.forget_old() == 1


def test_taking_over_one_fact_saves_what_stands_beside_it(case, document, prosecutor):
    drafting.revise(case, document, by=prosecutor, expected_n=1, against="写错的名字")
    url = reverse("cases:paper_take_over", args=[case.code, document.pk])
    sent = filled_in(document, 2, inability="不识字。", name="against")
    assert client_for(prosecutor).post(url, sent).status_code == 302
    facts = papers.facts_of(document.latest)
    assert (facts.against == "写错的名字", facts.inability, document.latest.n) == (False, "不识字。", 3)
    with pytest.raises(Conflict):
        drafting.take_over(case, document, names=["against"], expected_n=1, by=prosecutor, inability="旧页")
