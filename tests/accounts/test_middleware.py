"""How long a session lasts, and what every page asks for."""

from datetime import timedelta

import pytest
from django.test import RequestFactory

from accounts.middleware import TrueAddress
from audit.models import Entry, Verb
from core import clock
from tests.cast import client_for

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/cases/?page=2"}


@pytest.fixture
def later():
    """Answers of one browser at chosen minutes after signing in."""
    start = clock.now()

    def ask(client, minutes, **kwargs):
        with clock.travel(start + timedelta(minutes=minutes)):
            return client.get("/account/", **kwargs).status_code

    return ask


def test_a_visitor_is_sent_to_sign_in_and_back(client):
    assert client.get("/account/?x=1").headers["Location"] == "/login/?next=/account/%3Fx%3D1"


def test_under_htmx_the_whole_page_leaves_not_the_panel(client):
    response = client.get("/account/", headers=HTMX)

    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["HX-Redirect"] == "/login/?next=/cases/%3Fpage%3D2"


@pytest.mark.parametrize(
    ("referer", "back"),
    [("http://testserver/account/", "/account/"), ("https://evil.example/x", "/"), ("", "/")],
)
def test_a_form_sent_too_late_leads_back_to_its_page(client, referer, back):
    response = client.post("/account/preferences", headers={"Referer": referer})

    assert response.headers["Location"] == f"/login/?next={back}"


def test_a_session_ends_after_thirty_idle_minutes(later, prosecutor):
    client = client_for(prosecutor)

    assert [later(client, minute) for minute in (0, 29, 58, 88)] == [200, 200, 200, 302]


def test_the_end_is_explained_and_on_record(later, prosecutor):
    client = client_for(prosecutor)
    later(client, 0)
    later(client, 31)

    shown = [str(message) for message in client.get("/login/").context["messages"]]
    assert shown == ["超过 30 分钟没有操作，已退出，请重新登录。"]
    assert Entry.objects.get(verb=Verb.SIGN_OUT).detail == "超过 30 分钟没有操作，已退出"


def test_a_page_that_refreshes_itself_keeps_nobody_signed_in(later, prosecutor):
    client = client_for(prosecutor)
    later(client, 0)

    polls = [later(client, minute, headers={"X-Poll": "1"}) for minute in (10, 20, 29, 31)]

    assert polls == [200, 200, 200, 302]


@pytest.mark.parametrize(("who", "hours"), [("prosecutor", 12), ("legalaid", 8)])
def test_a_session_has_an_end_however_busy(later, cast, who, hours):
    client = client_for(getattr(cast, who))

    for minute in range(0, hours * 60, 20):
        assert later(client, minute) == 200

    assert later(client, hours * 60) == 302


@pytest.mark.parametrize("switched_off", ["person", "unit"])
def test_switched_off_means_out_with_the_next_click_and_for_good(prosecutor, switched_off):
    client = client_for(prosecutor)
    assert client.get("/account/").status_code == 200
    row = prosecutor if switched_off == "person" else prosecutor.organisation
    row.is_active = False
    row.save()

    assert client.get("/account/").status_code == 302

    row.is_active = True
    row.save()
    assert client.get("/account/").status_code == 302


def test_a_changed_role_counts_from_the_next_click(sysadmin):
    client = client_for(sysadmin)
    assert client.get("/settings/users/").status_code == 200

    sysadmin.role = "auditor"
    sysadmin.save()

    assert client.get("/settings/users/").status_code == 403


def test_last_seen_is_written_once_a_minute(later, prosecutor):
    client = client_for(prosecutor)
    seen = []
    for minute in (0, 0.5, 2):
        later(client, minute)
        prosecutor.refresh_from_db()
        seen.append(prosecutor.last_seen)

    assert seen[0] == seen[1]
    assert seen[2] - seen[0] == timedelta(minutes=2)


def test_a_one_time_password_opens_nothing_but_its_own_change(prosecutor):
    prosecutor.must_change_password = True
    prosecutor.save()
    client = client_for(prosecutor)

    assert client.get("/account/").headers["Location"] == "/account/password/"
    assert client.get("/account/password/").status_code == 200
    assert client.post("/logout/").headers["Location"] == "/login/"


@pytest.mark.parametrize(
    ("direct", "forwarded", "found"),
    [
        ("10.0.0.1", "1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("8.8.8.8", "1.2.3.4", "8.8.8.8"),
    ],
)
def test_only_our_own_proxy_may_say_where_a_request_comes_from(settings, direct, forwarded, found):
    settings.TRUSTED_PROXIES = ["10.0.0.1"]
    request = RequestFactory().get("/", REMOTE_ADDR=direct, headers={"X-Forwarded-For": forwarded})

    TrueAddress(lambda request: None)(request)

    assert request.META["REMOTE_ADDR"] == found


def test_a_foreign_host_is_refused(client):
    assert client.get("/login/", headers={"Host": "evil.example"}).status_code == 400
