"""A rule of the law or of the house is weakened only by somebody who has seen and confirmed what follows."""

import pytest
from django.urls import reverse

from audit.models import Entry
from cases.models import Occurrence
from cases.occurrences import actions as occurrences
from core import clock
from core.refusals import Refused, Unconfirmed
from deadlines.models import Deadline, Term, TermChange
from deadlines.terms import actions, weakening, words
from deadlines.terms.forms import TermForm, initial_of
from tests.cases.factories import case_of_office
from tests.cast import client_for
from tests.deadlines.factories import DeadlineFactory

WHY = "检委会会议纪要"
HEARD = ["responsible"]


def general(code):
    return Term.objects.get(code=code, organisation=None)


def told(code, **facts):
    term = general(code)
    return weakening.consequences(term, words.values_of(term) | facts)


@pytest.mark.parametrize(
    ("facts", "begins"),
    [
        ({"length": 30}, "长度由 15 日改为 30 日：到期日推后"),
        ({"length": 1, "unit": "month"}, "长度由 15 日改为 1 个月：到期日推后"),
        ({"length": 10, "unit": "working_day"}, "长度由 15 日改为 10 个工作日：到期日提前"),
        ({"warn_days": 2}, "由到期前 5 天改为 2 天转为临期：更晚提醒。"),
        ({"roll": False}, "届满日遇休假日不再顺延"),
        ({"is_active": False}, "停用：以后“判决书送达该当事人”照常登记，但不再计算"),
        ({"kind": "internal"}, "不再标为法定期限"),
        ({"stops": True, "pause_events": ["suspension"]}, "新增停止计算的事由（中止）"),
        ({"extension": "院长批准"}, "可以延长"),
        ({"backward": True}, "改变数的方向"),
        ({"stages": [{"days": 0, "to": HEARD}]}, "以下提醒取消或者少告知了人：提前 5 天 → 责任人"),
    ],
)
def test_each_way_to_weaken_a_statute_has_its_sentence(facts, begins):
    (sentence,) = told("C8", **facts)

    assert sentence.startswith(begins)


def test_the_same_days_told_to_fewer_people_are_weaker(sysadmin):
    stages = [stage | {"to": HEARD} for stage in words.values_of(general("P6a"))["stages"]]

    (sentence,) = told("P6a", stages=stages)

    assert sentence.startswith("以下提醒取消或者少告知了人：")
    assert "部门负责人" in sentence


def test_a_period_of_the_house_that_is_only_agreed_no_longer_counts_as_late(sysadmin):
    assert told("P6a", kind="agreed") == ["不再标为院内期限，超期不再计入本院超期。"]
    assert told("P6a", kind="statutory") == []


@pytest.mark.parametrize(
    "facts",
    [{"length": 10}, {"warn_days": 9}, {"name": "上诉"}, {"basis": "民诉法第172条"}, {"by_hand": True}],
)
def test_what_makes_a_statute_no_weaker_is_saved_at_once(sysadmin, facts):
    assert told("C8", **facts) == []
    assert actions.change("C8", by=sysadmin, reason=WHY, version=1, **facts).version == 2


def test_a_rule_of_the_house_asks_in_its_own_words_and_may_be_stricter(sysadmin):
    weaker = {"length": 30, "warn_days": 0, "stages": [{"days": 0, "to": HEARD}]}
    with pytest.raises(Unconfirmed, match="这样改会削弱本院自定的期限。") as caught:
        actions.change("P6a", by=sysadmin, reason=WHY, version=1, **weaker)

    length, warning, reminders = caught.value.consequences
    assert length == "长度由 15 日改为 30 日：到期日推后，本院原定的那一天过去时系统可能还没有提醒。"
    assert warning.startswith("由到期前 3 天改为 0 天")
    assert "超期 3 天 → 责任人、部门负责人、分管副检察长" in reminders
    assert "法" not in "".join(caught.value.consequences)
    assert not TermChange.objects.exists()
    assert actions.change("P6a", by=sysadmin, reason=WHY, version=1, length=10).length == 10


def test_what_two_people_agreed_is_changed_at_once(sysadmin):
    assert told("M1", warn_days=0) == []


def test_unconfirmed_leaves_no_trace_and_confirmed_stays_in_the_history(sysadmin):
    with pytest.raises(Unconfirmed) as caught:
        actions.change("C8", by=sysadmin, reason=WHY, version=1, length=30)
    assert not Term.objects.filter(organisation__isnull=False).exists()
    assert not TermChange.objects.exists()

    changed = actions.change("C8", by=sysadmin, reason=WHY, version=1, length=30, confirmed=True)

    kept = TermChange.objects.get()
    assert (changed.length, kept.reason, kept.confirmed) == (30, WHY, caught.value.consequences)
    assert kept.confirmed[0] in Entry.objects.get(verb="setting_changed").detail


def test_a_rule_of_limitation_stays_on(sysadmin):
    for code in ("L1", "L1E", "L3"):
        with pytest.raises(Refused, match="时效从登记之日起都要监看"):
            actions.switch(code, by=sysadmin, reason=WHY, version=1, confirmed=True)
    assert not actions.switch("LA1", by=sysadmin, reason=WHY, version=1, confirmed=True).is_active


def test_an_event_whose_rule_is_off_is_registered_and_says_what_was_not_counted(cast, sysadmin):
    case = case_of_office(cast, reviewed=True)
    actions.switch("I1", by=sysadmin, reason=WHY, version=1, confirmed=True)

    occurrences.record(case, kind="inspection_opened", on=clock.today(), by=cast.prosecutor)

    assert Occurrence.objects.get().kind == "inspection_opened"
    deadline = Deadline.objects.get(case_link__case=case, rule__code="I1")
    assert deadline.cancel_reason == "期限规则“I1 劳动监察办结”已停用，没有计算"
    page = client_for(cast.prosecutor).get(reverse("cases:clocks", args=[case.code])).text
    assert "没有计算" in page


def test_the_page_lists_what_follows_and_saves_only_after_the_second_post(sysadmin, prosecutor):
    DeadlineFactory(responsible=prosecutor, code="C8")
    client, url = client_for(sysadmin), reverse("deadlines:term_edit", args=["C8"])
    form = TermForm(initial=initial_of(general("C8")))
    data = {name: form[name].value() for name in form.fields}
    data |= {"version": 1, "reason": WHY, "then": "future", "length": 30}
    data = {name: value for name, value in data.items() if value not in (None, False, "")}

    first = client.post(url, data)
    assert (first.status_code, TermChange.objects.exists()) == (422, False)
    assert "民诉法第171条" in first.text
    assert "正在按它计算的 1 项期限" in first.text
    assert "长度由 15 日改为 30 日" in first.text
    assert f'value="{WHY}"' in first.text

    kept = dict.fromkeys([], "")
    for name, value in first.context["kept"]:
        kept.setdefault(name, []).append(value)
    second = client.post(url, kept | {"confirmed": "yes", "reason": "省院批复"})

    assert second.status_code == 302
    assert (TermChange.objects.get().reason, Term.objects.get(organisation=sysadmin.organisation).length) == (
        "省院批复", 30,
    )  # fmt: skip
    assert "已确认的后果：长度由 15 日改为 30 日" in client.get(reverse("deadlines:term", args=["C8"])).text


def test_switching_a_statute_off_asks_as_well(sysadmin):
    client, url = client_for(sysadmin), reverse("deadlines:term_switch", args=["C8"])

    first = client.post(url, {"reason": WHY, "version": 1})
    second = client.post(url, {"reason": WHY, "version": 1, "confirmed": "yes"})

    assert (first.status_code, second.status_code) == (422, 302)
    assert "不再计算这项期限，也不再提醒" in first.text
    assert not Term.objects.get(organisation=sysadmin.organisation).is_active
