"""Every means of service has its own facts; what breaks a rule is refused with a sentence and leaves no trace."""

from datetime import time, timedelta

import pytest

from cases import clocks
from cases.occurrences import actions as occurrences
from cases.service import actions, following
from cases.workflow import Stage
from core import clock
from core.refusals import Refused
from documents.models import Service
from tests.cases.factories import PersonFactory, RespondentFactory
from tests.cases.serving import accepted, issued, people_of, post, sign, suggestion

TODAY = clock.today


@pytest.fixture
def paper(cast):
    case, document = accepted(cast)
    return case, document, people_of(document)[0]


def send(paper, way, *, by, **facts):
    case, document, to = paper
    return actions.send(case, document, to=to.pk, way=way, by=by, **({"sent_on": TODAY()} | facts))


SIGNED = {"received_by": "某人", "capacity": "self"}
REFUSED = [
    ("direct", {"received_by": ""}, "还没填签收人"),
    ("direct", SIGNED | {"capacity": ""}, "签收人身份只能是"),
    ("direct", SIGNED | {"capacity": "unit"}, "受送达人是自然人"),
    ("direct", SIGNED | {"sent_on": TODAY() + timedelta(days=1)}, "还没到"),
    ("direct", SIGNED | {"sent_on": TODAY() - timedelta(days=1)}, "早于签发日期"),
    ("left", {"remark": "", "witness": "某人"}, "拒收事由"),
    ("left", {"remark": "拒收"}, "要有见证人，或者拍照"),
    ("entrusted", {}, "受委托的单位"),
    ("post", {}, "邮件号"),
    ("notice", {"remark": "下落不明"}, "公告的载体"),
    ("notice", {"place": "某报"}, "原因和经过"),
    ("electronic", {"consent": "确认书"}, "接收的系统"),
    ("electronic", {"place": "短信"}, "同意记在哪里"),
    ("electronic", {"place": "短信", "consent": "确认书"}, "没有定稿的联系方式确认书"),
    ("public", SIGNED, "宣告送达要写明地点、时间、参加人"),
    ("public", SIGNED | {"place": "本院", "hour": time(9), "participants": "某人"}, "要经单位同意"),
]


@pytest.mark.parametrize(("way", "facts", "sentence"), REFUSED)
def test_what_breaks_a_rule_of_its_means_is_refused(paper, cast, way, facts, sentence):
    before = paper[0].events.count()
    with pytest.raises(Refused, match=sentence):
        send(paper, way, by=cast.clerk, **facts)
    assert (Service.objects.count(), paper[0].events.count()) == (0, before)


def test_the_other_side_does_not_sign_for_the_addressee(paper, cast):
    case = paper[0]
    rival = PersonFactory(organisation=case.organisation, name="赵老板")
    RespondentFactory(case=case, company=None, person=rival)
    with pytest.raises(Refused, match="另一方当事人"):
        send(paper, "direct", by=cast.clerk, received_by="赵老板", capacity="family")


def test_left_papers_are_served_on_the_day_they_were_left(paper, cast):
    row = send(paper, "left", by=cast.clerk, remark="拒收", witness="社区工作人员", place="住所")
    assert (row.served_on, row.result_by) == (TODAY(), cast.clerk)


def test_electronic_service_of_applicants_rests_on_the_confirmation(paper, cast):
    issued(paper[0], "contact_confirmation", by=cast.prosecutor)
    row = send(paper, "electronic", by=cast.clerk, place="短信", consent="联系方式确认书")
    assert row.served_on == TODAY()


def test_a_unit_signs_by_whoever_takes_its_mail(cast):
    case, document = suggestion(cast)
    (unit,) = people_of(document)
    with pytest.raises(Refused, match="受送达人是单位"):
        sign(case, document, unit, by=cast.clerk, capacity="family")
    facts = {"place": "会议室", "hour": time(9, 30), "participants": "局长、人大代表", "agreed": True}
    signed = {"received_by": "收件人", "capacity": "unit", "sent_on": TODAY(), "by": cast.clerk}
    row = actions.send(case, document, to=unit.pk, way="public", **facts, **signed)
    assert (row.served_on, row.hour, row.participants) == (TODAY(), time(9, 30), "局长、人大代表")


def test_mail_is_served_on_the_day_of_the_receipt_and_once(paper, cast):
    case, document, to = paper
    row = post(case, document, to, by=cast.clerk)
    with pytest.raises(Refused, match="请先登记结果"):
        post(case, document, to, by=cast.clerk)
    facts = {"received_by": "家属", "capacity": "family", "by": cast.clerk}
    actions.signed(case, document, one=row.pk, served_on=TODAY(), **facts)
    with pytest.raises(Refused, match="结果已经登记"):
        actions.signed(case, document, one=row.pk, served_on=TODAY(), **facts)
    with pytest.raises(Refused, match="已经送达"):
        post(case, document, to, by=cast.clerk)


def returned(paper, row, tries, *, by, **changes):
    case, document, _ = paper
    facts = {"returned_on": TODAY(), "remark": "联系不上", "undelivered": True} | changes
    return actions.returned(case, document, one=row.pk, tries=tries, by=by, **facts)


def test_mail_comes_back_after_three_tries_within_five_working_days(paper, cast):
    case, document, to = paper
    row = post(case, document, to, by=cast.clerk)
    start = TODAY()
    with clock.travel(clock.now() + timedelta(days=30)):
        days = [start + timedelta(days=n) for n in (1, 2, 20)]
        for tries, sentence in [
            (days[:2], "现在填了 2 次"),
            ([days[0]] * 3, "三次投递要在不同的日期"),
            (days, "五个工作日以内"),
            ([start - timedelta(days=1), *days[:2]], "寄出日期和退回日期之间"),
        ]:
            with pytest.raises(Refused, match=sentence):
                returned(paper, row, tries, by=cast.clerk)
        with pytest.raises(Refused, match="退回的原因"):
            returned(paper, row, days, by=cast.clerk, remark="")
        done = returned(paper, row, [start + timedelta(days=n) for n in (3, 1, 2)], by=cast.clerk)
    assert (done.served_on, [day - start for day in done.tries]) == (
        None,
        [timedelta(days=n) for n in (1, 2, 3)],
    )


def test_refused_mail_may_come_back_after_one_try(paper, cast):
    case, document, to = paper
    row = post(case, document, to, by=cast.clerk)
    done = returned(paper, row, [TODAY()], by=cast.clerk, undelivered=False, remark="拒绝签收")
    assert done.returned_on == TODAY()


def notice(paper, cast):
    return send(paper, "notice", by=cast.clerk, place="某报", remark="下落不明")


def test_an_announcement_serves_when_its_thirty_days_are_over_and_not_before(paper, cast):
    case, document, _ = paper
    row = notice(paper, cast)
    (clock_of_notice,) = clocks.of_code(case, "C21")
    with pytest.raises(Refused, match="才满"):
        actions.expired(case, document, one=row.pk, by=cast.clerk)
    with pytest.raises(Refused, match="没有签收"):
        actions.signed(case, document, one=row.pk, served_on=TODAY(), by=cast.clerk, **SIGNED)
    with clock.travel(clock.now() + timedelta(days=60)):
        done = actions.expired(case, document, one=row.pk, by=cast.clerk)
    clock_of_notice.refresh_from_db()
    assert (done.served_on, clock_of_notice.met_on) == (clock_of_notice.due_on, clock_of_notice.due_on)


def test_announcements_and_judgments_of_the_court_leave_ours_alone(paper, cast):
    case = paper[0]
    row = notice(paper, cast)
    type(case).objects.filter(pk=case.pk).update(stage=Stage.TRIAL)
    case.refresh_from_db()
    occurrences.record(case, kind="copy_served", on=TODAY(), by=cast.prosecutor)
    assert following.notice_clock(case, row).met_on is None
    assert clocks.running(case, ["C21"]) == []


def test_only_mail_and_what_others_serve_can_come_back(paper, cast):
    case, document, _ = paper
    row = notice(paper, cast)
    with pytest.raises(Refused, match="没有退回"):
        returned(paper, row, [], by=cast.clerk)
    with pytest.raises(Refused, match="撤销原因"):
        actions.void(case, document, one=row.pk, reason=" ", by=cast.clerk)
    actions.void(case, document, one=row.pk, reason="登记错了", by=cast.clerk)
    assert clocks.of_code(case, "C21").get().cancelled_at is not None
