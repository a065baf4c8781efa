"""关注、静音: who hears of a case, what a mute leaves alone, and who may no longer hear."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.urls import reverse

from accounts.permissions import Role
from cases import journal, notices
from cases.intake import actions as intake
from cases.models import Subscription
from cases.subscription import actions
from cases.workflow import Act, Stage
from core import clock
from core.refusals import Refused
from deadlines import todos
from notifications import digest, sending
from notifications.models import Delivery, Notification
from tests.cases.factories import SubscriptionFactory, case_of_office
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page
from tests.notifications.factories import ChannelFactory, PreferenceFactory

URL = "/notifications/subscriptions/"
NOON = datetime(2026, 11, 25, 12, tzinfo=clock.SHANGHAI)
CASE, DEADLINE, ESCALATION, URGE = "case", "deadline", "escalation", "urge"


@pytest.fixture(autouse=True)
def _at_noon(db, settings):
    settings.EMAIL_HOST = "mail.example"
    with clock.travel(NOON):
        yield


@pytest.fixture
def case(cast):
    return case_of_office(cast, review=True)


@pytest.fixture
def reader(cast):
    cast.prosecutor2.email = "zhang@example.gov.cn"
    cast.prosecutor2.save(update_fields=["email"])
    return cast.prosecutor2


def happens(case, by, kind=Act.NOTE):
    """An act on the case, and its announcement."""
    event = journal.write(case, kind, by=by, before=Stage.REVIEW, after=Stage.REVIEW)
    notices.announce(event.pk)
    return Notification.objects.filter(key=f"case-event-{event.pk}")


def tell(case, person, topic, *, urgent=False, key="1", url=""):
    facts = {"key": key, "title": f"{case.code} 审查期限", "topic": topic, "urgent": urgent}
    Notification.objects.deliver([person], url=url or f"{case.get_absolute_url()}clocks/", **facts)
    notice = Notification.objects.filter(recipient=person, key=key).first()
    return notice and (notice.read_at is None, notice.deliveries.count())


def test_who_follows_hears_what_happens_until_they_stop(case, cast, reader):
    assert not happens(case, cast.clerk).filter(recipient=reader)

    actions.follow(case, by=reader)
    assert happens(case, cast.clerk).filter(recipient=reader, read_at=None)
    assert not happens(case, reader).filter(recipient=reader)  # nobody is told what they did themselves

    actions.unfollow(case, by=reader)
    assert not happens(case, cast.clerk).filter(recipient=reader)
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("topic", "urgent", "rings", "goes_out"),
    [
        (CASE, False, False, False),
        (DEADLINE, False, True, False),
        (DEADLINE, True, True, True),
        (ESCALATION, False, True, True),
        (URGE, False, True, False),
    ],
)
def test_a_mute_leaves_deadlines_in_the_application_and_the_overdue_everywhere(
    case, reader, topic, urgent, rings, goes_out
):
    PreferenceFactory(user=reader, choices={CASE: {"mail": "now"}})
    from_before = tell(case, reader, topic, urgent=urgent, key="before")
    actions.mute(case, by=reader)
    muted = tell(case, reader, topic, urgent=urgent)
    actions.unmute(case, by=reader)
    after = tell(case, reader, topic, urgent=urgent, key="after")

    assert (from_before, muted, after) == ((True, 1), (rings, int(goes_out)), (True, 1))


def test_a_mute_is_of_one_case_and_one_person(case, cast, reader):
    actions.mute(case, by=reader)
    elsewhere = case_of_office(cast, review=True)

    assert tell(elsewhere, reader, DEADLINE) == (True, 1)
    assert tell(case, cast.head, CASE) == (True, 0)


def test_a_to_do_of_a_muted_case_stays_in_the_house(case, reader):
    task = todos.add(
        title="取材料", assigned_to=reader, by=reader, owner_url=case.get_absolute_url(), due_on=clock.today()
    )
    actions.mute(case, by=reader)

    assert tell(case, reader, URGE, url=task.get_absolute_url()) == (True, 0)


def test_a_group_hears_of_what_its_only_reader_muted(case, cast):
    ChannelFactory(organisation=case.organisation, topics=[CASE])
    actions.mute(case, by=cast.prosecutor)

    assert tell(case, cast.prosecutor, CASE) == (False, 1)
    assert Delivery.objects.get().kind == "bot"


def moves(user, cast):
    user.organisation = cast.other_office


def changes_work(user, cast):
    user.role = Role.SYSTEM_ADMIN


@pytest.mark.parametrize("leaves", [moves, changes_work])
def test_who_may_no_longer_see_the_case_hears_nothing_and_what_waits_is_withdrawn(case, cast, reader, leaves):
    actions.follow(case, by=reader)
    waiting = tell(case, reader, DEADLINE, urgent=True, key="waiting")
    leaves(reader, cast)
    reader.save()

    assert waiting == (True, 1)
    assert not happens(case, cast.clerk).filter(recipient=reader)
    assert tell(case, reader, DEADLINE, urgent=True) is None
    assert sending.claim("mail") == []
    assert Delivery.objects.get().status == "withdrawn"


def test_muted_while_it_waited_it_is_withdrawn_and_in_no_digest(case, reader):
    tell(case, reader, DEADLINE, key="mail")
    tell(case, reader, CASE, key="digest")
    assert digest.collected([reader.pk], NOON + timedelta(hours=1))

    actions.mute(case, by=reader)

    assert not digest.collected([reader.pk], NOON + timedelta(hours=1))
    assert sending.claim("mail") == []
    assert Delivery.objects.get().status == "withdrawn"


def test_an_account_that_was_closed_gets_no_letter_that_still_waited(case, reader):
    tell(case, reader, DEADLINE)
    reader.is_active = False
    reader.save(update_fields=["is_active"])

    assert sending.claim("mail") == []


def test_whoever_becomes_its_handler_hears_of_the_case_again(case, cast, reader):
    actions.mute(case, by=reader)

    intake.assign(case, handler=reader, by=cast.head)

    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("deed", "who", "before", "sentence"),
    [
        ("follow", "prosecutor", "", "本案由你承办，不用另外关注"),
        ("follow", "other", "", "只能关注本院的案件"),
        ("follow", "sysadmin", "", "只能关注本院的案件"),
        ("follow", "clerk", "followed", "已经关注"),
        ("unfollow", "prosecutor", "", "不能取消关注"),
        ("unfollow", "clerk", "muted", "没有关注"),
        ("mute", "other", "", "只能静音本院的案件"),
        ("mute", "legalaid", "", "只能静音本院的案件"),
        ("mute", "clerk", "muted", "已经静音"),
        ("unmute", "clerk", "followed", "没有静音"),
    ],
)
def test_refusals_leave_no_trace(case, cast, deed, who, before, sentence):
    person = getattr(cast, who)
    if before:
        SubscriptionFactory(case=case, user=person, muted=before == "muted")
    rows = list(Subscription.objects.values())

    with pytest.raises(Refused, match=sentence):
        getattr(actions, deed)(case, by=person)

    assert list(Subscription.objects.values()) == rows


def test_it_locks_the_person_before_it_looks(case, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(8) as queries:
        actions.mute(case, by=cast.clerk)

    reads = [q["sql"] for q in queries.captured_queries if q["sql"].startswith("SELECT")]
    assert "FOR NO KEY UPDATE" in reads[0]


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_row(cast):
    case, clerk, outcomes = case_of_office(cast, review=True), cast.clerk, []
    barrier = threading.Barrier(2)

    def click(deed):
        try:
            barrier.wait(10)
            deed(case, by=clerk)
            outcomes.append("done")
        except Refused as refusal:
            outcomes.append(str(refusal))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click, args=(deed,)) for deed in (actions.mute, actions.mute)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)

    assert sorted(outcomes) == ["done", "这件案件已经静音。"]
    assert Subscription.objects.count() == 1


def test_the_database_holds_one_row_for_each_that_says_something(case, cast):
    SubscriptionFactory(case=case, user=cast.clerk)
    for broken in ({"user": cast.clerk}, {"user": cast.head, "followed_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SubscriptionFactory(case=case, **broken)


def press(user, case, deed, back=""):
    address = reverse("subscriptions:change", args=[case.code])
    return client_for(user).post(address, {"deed": deed, "back": back}, follow=True)


def test_the_notices_of_one_case_stand_together_and_are_muted_and_rung_again_in_place(case, cast, reader):
    tell(case, reader, DEADLINE, key="1")
    tell(case, reader, CASE, key="2", url=case.get_absolute_url())

    page = client_for(reader).get("/notifications/").content.decode()
    assert (page.count("静音该案"), page.count("同一案件")) == (1, 1)

    muted = press(reader, case, "mute", back="unread")
    shown = muted.content.decode()
    assert muted.redirect_chain == [("/notifications/", 302)]
    assert (shown.count("取消静音"), "已静音</span>" in shown) == (1, True)
    assert "已静音</span>" in client_for(reader).get(case.get_absolute_url()).content.decode()

    assert 'value="unmute"' not in press(reader, case, "unmute", back="all").content.decode()


def test_my_subscriptions_are_what_i_handle_follow_or_muted(case, cast, reader):
    mine, followed, muted, foreign = (case_of_office(cast, review=True) for _ in range(4))
    type(case).objects.filter(pk=mine.pk).update(handler=reader)
    press(reader, followed, "follow", back="case")
    press(reader, muted, "mute")
    SubscriptionFactory(case=foreign, user=cast.clerk)

    page = client_for(reader).get(URL)

    text = page.content.decode()
    assert {each.pk for each in page.context["cases"]} == {mine.pk, followed.pk, muted.pk}
    assert (text.count("我承办"), text.count("我关注"), text.count("已静音</span>")) == (1, 1, 1)
    assert 'aria-current="page">我的订阅' in text
    assert_panel_is_part_of_page(client_for(reader), URL)
    assert "你关注了本案" in client_for(reader).get(followed.get_absolute_url()).content.decode()


def test_a_strangers_press_finds_no_case_and_an_unknown_deed_changes_nothing(case, cast):
    address = reverse("subscriptions:change", args=[case.code])

    assert client_for(cast.other).post(address, {"deed": "follow"}).status_code == 404
    assert "请用页面上的按钮" in press(cast.clerk, case, "").content.decode()
    assert not Subscription.objects.exists()


def test_the_lists_cost_the_same_at_1_and_3_rows(cast, reader, django_assert_max_num_queries):
    browser, costs = client_for(reader), []
    browser.get(URL)
    for many in (1, 2):
        for n in range(many):
            case = case_of_office(cast, review=True)
            actions.follow(case, by=reader)
            tell(case, reader, DEADLINE, key=f"{many}-{n}")
        for url in (URL, "/notifications/"):
            with django_assert_max_num_queries(12) as queries:
                browser.get(url)
            costs.append(len(queries))

    assert costs[:2] == costs[2:]
