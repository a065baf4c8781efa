import pytest

from core import clock
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page
from tests.notifications.factories import NotificationFactory

URL = "/notifications/"


@pytest.fixture
def client(prosecutor):
    return client_for(prosecutor)


@pytest.fixture
def unread(prosecutor):
    return NotificationFactory(recipient=prosecutor, title="150902-2026-0016 审查期限剩 2 天", url="/desk/")


def titles(response):
    return [n.title for n in response.context["notifications"]]


def test_unread_first_and_everything_on_request(client, prosecutor, unread):
    NotificationFactory(recipient=prosecutor, title="旧通知", read_at=clock.now())

    assert titles(client.get(URL)) == [unread.title]
    assert titles(client.get(URL, {"view": "all"})) == ["旧通知", unread.title]


def test_nobody_sees_the_notices_of_others(unread, prosecutor2):
    assert titles(client_for(prosecutor2).get(URL, {"view": "all"})) == []


def test_opening_a_notice_marks_it_and_goes_there(client, unread):
    response = client.post(f"{URL}{unread.pk}/read", {"open": "1"})

    unread.refresh_from_db()
    assert (response.headers["Location"], unread.read_at is not None) == ("/desk/", True)


def test_marking_one_stays_on_the_list(client, unread):
    assert client.post(f"{URL}{unread.pk}/read").headers["Location"] == URL


def test_marking_all_marks_only_mine(client, unread, clerk):
    theirs = NotificationFactory(recipient=clerk)

    client.post(f"{URL}read")

    unread.refresh_from_db()
    theirs.refresh_from_db()
    assert unread.read_at is not None
    assert theirs.read_at is None


def test_reading_by_get_is_not_possible(client, unread):
    assert client.get(f"{URL}{unread.pk}/read").status_code == 405


def test_the_empty_list_says_what_will_appear(client):
    assert "没有未读通知。" in client.get(URL).content.decode()
    assert "还没有通知。" in client.get(f"{URL}?view=all").content.decode()


def test_the_list_costs_the_same_at_one_and_at_thirty(
    client, prosecutor, unread, django_assert_max_num_queries
):
    client.get(URL)
    with django_assert_max_num_queries(12) as few:
        client.get(URL)
    NotificationFactory.create_batch(29, recipient=prosecutor)

    with django_assert_max_num_queries(len(few)):
        client.get(URL)


@pytest.mark.parametrize("who", ["prosecutor", "legalaid"])
def test_the_panel_is_part_of_the_page(cast, who):
    NotificationFactory(recipient=getattr(cast, who))

    assert_panel_is_part_of_page(client_for(getattr(cast, who)), URL)
