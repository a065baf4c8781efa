from datetime import date

import pytest
from django.urls import reverse

from audit.models import Entry
from core.refusals import Conflict, Refused
from deadlines import clocks
from deadlines.models import Deadline, Term, TermChange
from deadlines.recounts import listing as recounts
from deadlines.terms import actions, listing, words
from deadlines.terms.forms import TermForm, TrialForm, initial_of
from tests.cast import client_for
from tests.deadlines.factories import AUGUST, DeadlineFactory, TermChangeFactory, TermFactory

WHY = "检委会会议纪要"


def general(code="P6a"):
    return Term.objects.get(code=code, organisation=None)


def form_data(term, **changes):
    """What the page would post."""
    form = TermForm(initial=initial_of(term))
    data = {name: form[name].value() for name in form.fields}
    data |= {"version": term.version, "reason": WHY, "then": "future"} | changes
    return {name: value for name, value in data.items() if value not in (None, False, "")}


def test_the_first_change_makes_a_row_of_the_offices_own(sysadmin, other_office):
    changed = actions.change("P6a", by=sysadmin, reason=WHY, version=1, length=20, confirmed=True)

    assert (changed.organisation, changed.length, changed.version) == (sysadmin.organisation, 20, 2)
    assert general().length == 15
    assert Term.objects.effective("P6a", other_office).length == 15
    record = TermChange.objects.get()
    assert (record.before, record.after, record.reason) == ({"length": 15}, {"length": 20}, WHY)
    entry = Entry.objects.get(verb="setting_changed")
    assert entry.detail.startswith("长度 15→20。已确认：长度由 15 日改为 20 日")
    assert entry.detail.endswith(f"理由：{WHY}")


def test_the_second_change_writes_the_same_row(sysadmin):
    actions.change("P6a", by=sysadmin, reason=WHY, version=1, length=20, confirmed=True)
    actions.change("P6a", by=sysadmin, reason=WHY, version=2, length=25, confirmed=True)

    own = Term.objects.get(code="P6a", organisation=sysadmin.organisation)
    assert (own.length, own.version, own.changes.count()) == (25, 3, 2)


def test_what_runs_keeps_its_copy_and_what_starts_follows_the_new_rule(sysadmin, prosecutor):
    def start():
        return clocks.start(
            "P6a", organisation=prosecutor.organisation, responsible=prosecutor, by=prosecutor,
            title="2026-0016 审查期限", owner_url="/cases/x/", starts_on=AUGUST,
        )  # fmt: skip

    before = start()
    actions.change("P6a", by=sysadmin, reason=WHY, version=1, length=20, confirmed=True)

    before.refresh_from_db()
    assert (before.due_on, start().due_on) == (date(2026, 8, 18), date(2026, 8, 24))


@pytest.mark.parametrize(
    ("code", "facts", "sentence"),
    [
        ("P6a", {}, "没有改动，不用保存。"),
        ("P6a", {"unit": "hour"}, "按小时计算的规则与按日计算的规则不能互改，请保留原来的单位。"),
        ("C11", {"roll": True}, "按小时计算的期限不顺延、不倒数、不停止计算，请取消勾选。"),
        ("P6a", {"length": 0}, "长度为 0 表示到期日由双方或通知写明；其他规则的长度请填 1 或以上。"),
        ("P6a", {"length": 400, "unit": "month"}, "长度不能超过 240 月，请核对长度和单位。"),
        ("P6a", {"stages": []}, "提醒阶段至少要有一个，例如“当天”。"),
        ("P6a", {"stages": [{"days": 0, "to": []}] * 2}, "有两个提醒阶段是同一天，请删去一个。"),
    ],
)
def test_change_refuses_what_makes_no_rule_and_leaves_no_trace(sysadmin, code, facts, sentence):
    with pytest.raises(Refused, match=sentence):
        actions.change(code, by=sysadmin, reason=WHY, version=1, **facts)

    assert not Term.objects.filter(organisation__isnull=False).exists()
    assert not TermChange.objects.exists()


def test_change_refuses_without_reason_and_without_right(sysadmin, head):
    with pytest.raises(Refused, match="还没填修改理由。"):
        actions.change("P6a", by=sysadmin, reason=" ", version=1, length=20)
    with pytest.raises(Refused, match="只有系统管理员可以修改期限规则"):
        actions.change("P6a", by=head, reason=WHY, version=1, length=20)

    assert not TermChange.objects.exists()


def test_a_stale_change_is_a_conflict_with_both_values(sysadmin):
    actions.change("P6a", by=sysadmin, reason=WHY, version=1, length=20, confirmed=True)

    with pytest.raises(Conflict) as caught:
        actions.change("P6a", by=sysadmin, reason=WHY, version=1, length=30, confirmed=True)

    assert caught.value.fields == {"长度": ("30", "20")}


def test_restoring_makes_the_general_rule_hold_and_keeps_the_history(sysadmin):
    actions.change("P6a", by=sysadmin, reason=WHY, version=1, length=20, confirmed=True, name="审查")

    holds = actions.restore("P6a", by=sysadmin, reason=WHY, version=2)

    assert holds == general() == Term.objects.effective("P6a", sysadmin.organisation)
    assert Term.objects.in_force(sysadmin.organisation)["P6a"] == general()
    kept = TermChange.objects.get(version=3)
    assert (kept.before, kept.after) == (
        {"length": 20, "name": "审查"},
        {"length": 15, "name": general().name},
    )


def test_a_restored_office_follows_later_general_changes_and_may_change_again(sysadmin, prosecutor):
    actions.change("P6a", by=sysadmin, reason=WHY, version=1, length=20, confirmed=True)
    actions.restore("P6a", by=sysadmin, reason=WHY, version=2)
    Term.objects.filter(pk=general().pk).update(length=18, version=2)
    assert Term.objects.effective("P6a", sysadmin.organisation).length == 18
    with pytest.raises(Refused, match="没有本院的改动"):
        actions.restore("P6a", by=sysadmin, reason=WHY, version=2)

    again = actions.change("P6a", by=sysadmin, reason=WHY, version=2, length=25, confirmed=True)

    assert (again.organisation, again.version, again.follows_general) == (sysadmin.organisation, 4, False)
    assert Term.objects.effective("P6a", sysadmin.organisation) == again
    assert Term.objects.filter(code="P6a").count() == 2


def test_restoring_offers_the_recount_of_what_runs_by_the_offices_own_rule(sysadmin, prosecutor):
    actions.change("P6a", by=sysadmin, reason=WHY, version=1, length=20, confirmed=True)
    DeadlineFactory(responsible=prosecutor)

    answer = client_for(sysadmin).post(
        reverse("deadlines:term_restore", args=["P6a"]), {"reason": WHY, "version": 2}
    )

    assert answer["Location"] == f"{reverse('deadlines:recount')}?cause=term"
    (line,) = recounts.preview("term", sysadmin.organisation).page(None)
    assert (line.old_due, line.new_due) == (date(2026, 8, 24), date(2026, 8, 18))


def test_restoring_what_was_never_changed_is_refused(sysadmin):
    with pytest.raises(Refused, match="没有本院的改动"):
        actions.restore("P6a", by=sysadmin, reason=WHY, version=1)


def test_a_rule_that_is_off_counts_nothing_until_it_is_on_again_and_stops_no_event(sysadmin, prosecutor):
    off = actions.switch("P6a", by=sysadmin, reason=WHY, version=1, confirmed=True)
    deadline = clocks.start(
        "P6a", organisation=prosecutor.organisation, responsible=prosecutor, by=prosecutor,
        title="x", owner_url="/", starts_on=AUGUST,
    )  # fmt: skip

    assert not off.is_active
    assert deadline.cancel_reason == f"期限规则“{off}”已停用，没有计算"
    assert not Deadline.objects.open().exists()
    assert actions.switch("P6a", by=sysadmin, reason=WHY, version=2).is_active


def test_the_change_locks_both_rows(sysadmin, django_assert_max_num_queries):
    with django_assert_max_num_queries(20) as queries:
        actions.change("P6a", by=sysadmin, reason=WHY, version=1, length=20, confirmed=True)

    first = next(query["sql"] for query in queries if "deadlines_term" in query["sql"])
    assert "FOR UPDATE" in first


def test_the_list_groups_the_rules_that_hold_for_the_office(sysadmin):
    own = TermFactory(code="P6a", organisation=sysadmin.organisation, name="本院审查期限")
    TermFactory(code="P6b")

    groups = {group.label: group.rows for group in listing.groups_for(sysadmin.organisation)}

    assert list(groups) == ["法院与仲裁", "时效", "本院", "约定"]
    assert {row.term.code for row in groups["约定"]} == {"M1", "P1S", "P3S"}
    assert own in [row.term for row in groups["本院"]]
    codes = [row.term.code for row in groups["法院与仲裁"]]
    assert codes.index("C2") < codes.index("C10") < codes.index("C10R")
    assert len([row for rows in groups.values() for row in rows if row.term.code == "P6b"]) == 1


def test_the_list_filters_by_word_kind_and_what_is_unconfirmed(prosecutor, sysadmin):
    def codes(**asked):
        groups = listing.groups_for(prosecutor.organisation, **asked)
        return {row.term.code for group in groups for row in group.rows}

    assert codes(q="上诉") == {"C8", "C9"}
    assert codes(kind="agreed") == {"M1", "P1S", "P3S"}
    assert "P6a" in codes(unconfirmed=True)
    assert "C1" not in codes(unconfirmed=True)


def test_the_list_costs_the_same_however_much_was_changed(sysadmin, django_assert_max_num_queries):
    client = client_for(sysadmin)
    with django_assert_max_num_queries(12) as few:
        client.get(reverse("deadlines:terms"))
    for term in Term.objects.filter(organisation=None)[:30]:
        TermChangeFactory(term=term, changed_by=sysadmin)

    with django_assert_max_num_queries(len(few.captured_queries)):
        page = client.get(reverse("deadlines:terms")).content.decode()

    assert page.count('class="two c-main"') == Term.objects.count()
    assert "待本院确认" in page
    assert "系统管理员" in page


def test_the_page_says_the_rule_in_words_with_its_history(sysadmin, prosecutor):
    actions.change("P6a", by=sysadmin, reason=WHY, version=1, length=20, confirmed=True)

    page = client_for(prosecutor).get(reverse("deadlines:term", args=["P6a"])).content.decode()

    assert "受理之日起 20 日，当天不计入。届满日是休假日的，顺延到之后第一个工作日。" in page
    assert "提前 3 天 → 责任人" in page
    assert "长度：15 → 20" in page
    assert "修改规则" not in page


def test_the_panel_of_the_trial_is_part_of_its_page(prosecutor):
    client = client_for(prosecutor)
    url = reverse("deadlines:term", args=["P6a"]) + "?on=2026-09-24"

    whole = client.get(url).content.decode()
    part = client.get(url, headers={"HX-Request": "true"}).content.decode()

    assert part.strip() in whole


def test_the_trial_names_every_moved_day_and_the_reminders(prosecutor):
    url = reverse("deadlines:term", args=["C3"])

    page = client_for(prosecutor).get(url, {"on": "2026-09-24"}).content.decode()

    assert "2026-10-09（周五）" in page  # 10-09 by itself
    page = client_for(prosecutor).get(url, {"on": "2026-09-18"}).content.decode()
    assert "2026-10-08（周四）" in page
    assert "<li>2026-10-03（周六）国庆节假期</li>" in page
    assert "到期当天" not in page  # a period of others speaks before its end and after it
    assert "2026-10-09（周五）对方超期 1 天 → 责任人" in page


def test_the_trial_takes_pause_and_extension(prosecutor):
    asked = {"on": "2026-08-03", "paused_on": "2026-08-10", "resumed_on": "2026-08-15", "days": "10"}

    page = client_for(prosecutor).get(reverse("deadlines:term", args=["P6a"]), asked).content.decode()

    assert "2026-08-10 起停止计算、2026-08-15 恢复，顺加 5 日" in page
    assert "2026-09-02（周三）" in page


def test_the_trial_of_hours_wants_the_hour(prosecutor):
    client, url = client_for(prosecutor), reverse("deadlines:term", args=["C11"])

    missing = client.get(url, {"on": "2026-09-30"})
    found = client.get(url, {"on": "2026-09-30", "at": "16:20"}).content.decode()

    assert (missing.status_code, "请填起算的时刻" in missing.content.decode()) == (422, True)
    assert "2026-10-02 16:20（周五）" in found


def test_the_trial_warns_of_a_year_without_holidays(prosecutor):
    url = reverse("deadlines:term", args=["P6a"])

    page = client_for(prosecutor).get(url, {"on": "2027-02-01"}).content.decode()

    assert "2027 年节假日安排尚未录入，到期日可能变动" in page


def test_saving_leads_to_the_rule_or_on_to_the_recount(sysadmin):
    client, url = client_for(sysadmin), reverse("deadlines:term_edit", args=["P6a"])

    first = client.post(url, form_data(general(), length="20", confirmed="yes"))
    own = Term.objects.get(code="P6a", organisation=sysadmin.organisation)
    second = client.post(url, form_data(own, length="25", then="recount", confirmed="yes"))

    assert first["Location"] == reverse("deadlines:term", args=["P6a"])
    assert second["Location"] == reverse("deadlines:recount") + "?cause=term"
    own.refresh_from_db()
    assert (own.length, own.stages, own.pause_events) == (
        25,
        general().stages,
        words.in_order("pause_events", general().pause_events),
    )
    both = TermChange.objects.values_list("before", "after")
    assert [set(change) for pair in both for change in pair] == [{"length"}] * 4


def test_stages_are_edited_as_rows(sysadmin):
    data = form_data(general())
    data = {name: value for name, value in data.items() if not name.startswith("stage")}
    data |= {"stage0_when": "before", "stage0_days": "5", "stage4_when": "after", "stage4_days": "2"}
    data |= {"stage4_to": ["head", "chief"], "confirmed": "yes"}

    client_for(sysadmin).post(reverse("deadlines:term_edit", args=["P6a"]), data)

    own = Term.objects.get(code="P6a", organisation=sysadmin.organisation)
    assert own.stages == [
        {"days": -5, "to": ["responsible"]},
        {"days": 2, "to": ["responsible", "head", "chief"]},
    ]


def test_a_wrong_form_keeps_what_was_typed(sysadmin):
    data = form_data(general(), length="九天", stage0_days="", basis="新的依据")

    answer = client_for(sysadmin).post(reverse("deadlines:term_edit", args=["P6a"]), data)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "九天" in page
    assert "新的依据" in page
    assert "还没填第 1 个提醒的天数，例如 3。" in page
    assert not TermChange.objects.exists()


def test_a_stale_form_gets_the_comparison_and_can_be_sent_again(sysadmin):
    actions.change("P6a", by=sysadmin, reason=WHY, version=1, length=20, confirmed=True)
    client, url = client_for(sysadmin), reverse("deadlines:term_edit", args=["P6a"])

    answer = client.post(url, form_data(general(), length="30"))
    again = answer.context["form"].data.dict()

    assert answer.status_code == 409
    assert '<td data-l="你填的">30</td><td data-l="现在的">20</td>' in answer.content.decode()
    again |= {"pause_events": general().pause_events, "confirmed": "yes"}
    assert client.post(url, again).status_code == 302
    assert Term.objects.get(code="P6a", organisation=sysadmin.organisation).length == 30


def test_restore_and_switch_on_the_page(sysadmin):
    client = client_for(sysadmin)
    actions.change("P6a", by=sysadmin, reason=WHY, version=1, length=20, confirmed=True)

    def post(name, version):
        return client.post(
            reverse(f"deadlines:{name}", args=["P6a"]),
            {"reason": WHY, "version": version, "confirmed": "yes"},
        )

    assert post("term_restore", 1).status_code == 409
    assert post("term_restore", 2).status_code == 302
    assert post("term_switch", 1).status_code == 302
    own = Term.objects.get(code="P6a", organisation=sysadmin.organisation)
    assert (own.length, own.is_active, own.version) == (15, False, 4)


def test_a_stale_tab_may_send_its_reason_again(sysadmin):
    client = client_for(sysadmin)
    actions.change("P6a", by=sysadmin, reason=WHY, version=1, length=20, confirmed=True)
    url = reverse("deadlines:term_switch", args=["P6a"])

    stale = client.post(url, {"reason": "不再适用", "version": 1})

    page = stale.content.decode()
    assert (stale.status_code, "不再适用" in page) == (409, True)
    assert ('name="version" value="2"' in page, 'name="version" value="1"' in page) == (True, False)
    assert client.post(url, {"reason": "不再适用", "version": 2, "confirmed": "yes"}).status_code == 302


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("C1", {"on"}),
        ("C4", {"on"}),
        ("M1", {"on", "days"}),
        ("P6b", {"on", "paused_on", "resumed_on"}),
        ("C5", {"on", "paused_on", "resumed_on", "days"}),
        ("C11", {"on", "at"}),
    ],
)
def test_the_trial_offers_only_what_the_rule_allows(code, fields):
    assert set(TrialForm(term=general(code)).fields) == fields


def test_the_trial_refuses_a_pause_that_begins_before_the_period():
    form = TrialForm(
        {"on": "2026-08-10", "paused_on": "2026-08-03", "resumed_on": "2026-08-12"}, term=general()
    )

    assert form.errors["paused_on"] == ["停止日期 2026-08-03 早于起算日 2026-08-10，请改其中一个。"]
