"""Signing in, being kept out, signing out."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client

from accounts import sessions
from audit.models import Entry, Verb
from core import clock
from tests.accounts.factories import PASSWORD, UserFactory
from tests.cast import client_for

WRONG = "Falsch-Passwort-1"


def sign_in(client, username, password=PASSWORD, **data):
    return client.post("/login/", {"username": username, "password": password, **data})


def sentence(response):
    return response.context["form"].non_field_errors()[0]


def test_sign_in_goes_home_and_is_on_record(client, prosecutor):
    response = sign_in(client, "prosecutor")

    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(prosecutor.pk)
    assert [(e.actor, e.verb) for e in Entry.objects.all()] == [("李检察官", Verb.SIGN_IN)]


def test_capitals_and_blanks_in_the_username_are_one_account(client, prosecutor):
    assert sign_in(client, " Prosecutor ").status_code == 302


@pytest.mark.parametrize(
    "wanted", ["//evil.example/x", "https://evil.example/", "javascript:alert(1)", r"/\evil.example"]
)
def test_the_way_back_leads_nowhere_else(client, prosecutor, wanted):
    assert sign_in(client, "prosecutor", next=wanted).headers["Location"] == "/"


def test_the_way_back_leads_to_our_own_page(client, prosecutor):
    assert (
        sign_in(client, "prosecutor", next="/cases/?stage=review").headers["Location"]
        == "/cases/?stage=review"
    )


def test_the_last_sign_in_is_shown_the_next_time(client, prosecutor):
    with clock.travel(clock.now()):
        sign_in(client, "prosecutor")
    client.post("/logout/")

    sign_in(client, "prosecutor")

    prosecutor.refresh_from_db()
    shown = [str(message) for message in client.get("/account/").context["messages"]]
    assert [text.startswith("上次登录 20") for text in shown] == [True]


@pytest.mark.parametrize("inactive", ["person", "unit"])
def test_unknown_wrong_and_switched_off_read_the_same(prosecutor, inactive):
    off = UserFactory(
        username="off", is_active=inactive != "person", organisation__is_active=inactive != "unit"
    )
    answers = [
        sign_in(Client(REMOTE_ADDR="10.0.0.1"), "nobody"),
        sign_in(Client(REMOTE_ADDR="10.0.0.2"), "prosecutor", WRONG),
        sign_in(Client(REMOTE_ADDR="10.0.0.3"), off.username),
    ]

    assert {a.status_code for a in answers} == {422}
    assert {sentence(a) for a in answers} == {"用户名或密码不对，请核对后重填。再错 4 次，将锁定 30 分钟。"}
    assert len({len(a.content) - len(a.context["form"]["username"].value()) for a in answers}) == 1


def test_an_unknown_name_costs_a_hash_too(client, settings, monkeypatch):
    hashed = []
    monkeypatch.setattr("accounts.models.User.set_password", lambda user, raw: hashed.append(raw))

    sign_in(client, "nobody")

    assert hashed == [PASSWORD]


def test_the_typed_name_of_an_unknown_account_is_not_written_down(client):
    sign_in(client, "13800138000")

    entry = Entry.objects.get()
    assert (entry.verb, entry.target_label, entry.actor) == (Verb.SIGN_IN_FAILED, "未知用户", "系统")


def test_five_failures_close_the_account_for_thirty_minutes(client, prosecutor):
    answers = [sentence(sign_in(client, "prosecutor", WRONG)) for _ in range(6)]

    assert answers[3] == "用户名或密码不对，请核对后重填。再错 1 次，将锁定 30 分钟。"
    assert answers[4:] == ["密码错误次数过多，已锁定，请 30 分钟后再试，或联系系统管理员。"] * 2
    assert sign_in(client, "prosecutor").status_code == 422
    assert AccessAttempt.objects.get().failures_since_start == 5


def test_the_account_opens_by_itself_after_thirty_minutes(client, prosecutor):
    for _ in range(5):
        sign_in(client, "prosecutor", WRONG)
    AccessAttempt.objects.update(attempt_time=clock.now() - timedelta(minutes=29, seconds=30))
    assert "请 1 分钟后再试" in sentence(sign_in(client, "prosecutor"))

    AccessAttempt.objects.update(attempt_time=clock.now() - timedelta(minutes=30, seconds=1))

    assert sign_in(client, "prosecutor").status_code == 302


def test_the_victim_of_a_guesser_still_gets_in_from_elsewhere(client, prosecutor):
    for _ in range(5):
        sign_in(Client(REMOTE_ADDR="10.9.9.9"), "prosecutor", WRONG)

    assert sign_in(Client(REMOTE_ADDR="10.0.0.7"), "prosecutor").status_code == 302


def test_many_addresses_guessing_at_one_account_are_stopped_together(prosecutor):
    for number in range(20):
        sign_in(Client(REMOTE_ADDR=f"10.9.9.{number}"), "prosecutor", WRONG)

    assert "已锁定" in sentence(sign_in(Client(REMOTE_ADDR="10.9.8.1"), "prosecutor"))


def test_one_password_tried_on_many_accounts_closes_the_address(prosecutor):
    for number in range(50):
        sign_in(Client(REMOTE_ADDR="10.9.9.9"), f"name{number}", WRONG)

    assert "已锁定" in sentence(sign_in(Client(REMOTE_ADDR="10.9.9.9"), "prosecutor"))


def test_guesses_at_one_account_wait_for_each_other(client, prosecutor, django_assert_max_num_queries):
    with django_assert_max_num_queries(30) as queries:
        sign_in(client, "prosecutor")

    assert "pg_advisory_xact_lock" in next(q["sql"] for q in queries if q["sql"].startswith("SELECT"))


def test_signing_in_changes_the_session_key(client, prosecutor):
    session = client.session
    session["planted"] = 1
    session.save()
    before = session.session_key

    sign_in(client, "prosecutor")

    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_signing_out_removes_the_session_and_what_the_browser_kept(client, prosecutor):
    sign_in(client, "prosecutor")
    key = client.session.session_key

    response = client.post("/logout/")

    assert response.headers["Location"] == "/login/"
    assert "storage" in response.headers["Clear-Site-Data"]
    assert not Session.objects.filter(session_key=key).exists()


def test_a_changed_password_ends_every_other_session(prosecutor):
    here, elsewhere = client_for(prosecutor), client_for(prosecutor)
    new = "Quer-Beet-2027"

    here.post("/account/password/", {"current": PASSWORD, "new": new, "again": new})

    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    assert sign_in(Client(), "prosecutor", new).status_code == 302


def test_sessions_that_nobody_can_use_are_removed(prosecutor):
    client_for(prosecutor)
    usable = client_for(prosecutor).session.session_key
    Session.objects.exclude(session_key=usable).update(expire_date=clock.now() - timedelta(minutes=1))

    assert sessions.forget_expired() == 1
    assert [s.session_key for s in Session.objects.all()] == [usable]
