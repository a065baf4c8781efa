from datetime import time

import pytest

from notifications.forms import CHOSEN
from notifications.models import Preference
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page
from tests.notifications.factories import PreferenceFactory
from tests.tripwire import CANARY

URL = "/account/notifications/"
MASKED = f"{CANARY.phone[:3]}****{CANARY.phone[-4:]}"


def filled(**changes):
    choices = {f"mail_{topic}": "digest" for topic in CHOSEN} | {f"sms_{topic}": "off" for topic in CHOSEN}
    usual = {"email": "li@example.gov.cn", "quiet_from": "21:00", "quiet_to": "07:30", "digest": "on"}
    return choices | usual | {"version": "0"} | changes


@pytest.fixture
def client(prosecutor):
    return client_for(prosecutor)


def test_saving_keeps_everything_that_was_chosen(client, prosecutor):
    data = filled(mail_deadline="off", sms_deadline="now", mobile=CANARY.phone)

    assert client.post(URL, data).headers["Location"] == URL

    kept = Preference.objects.get(user=prosecutor)
    assert kept.choices["deadline"] == {"mail": "off", "sms": "now"}
    assert set(kept.choices) == {str(topic) for topic in CHOSEN}
    assert (kept.quiet_from, kept.quiet_to, kept.digest) == (time(21), time(7, 30), True)
    assert (kept.mobile, kept.version) == (CANARY.phone, 1)
    prosecutor.refresh_from_db()
    assert prosecutor.email == "li@example.gov.cn"


@pytest.mark.parametrize("who", ["prosecutor", "legalaid", "mediator", "sysadmin"])
def test_everybody_has_preferences_and_the_panel_is_part_of_the_page(cast, who):
    assert_panel_is_part_of_page(client_for(getattr(cast, who)), URL)


def test_the_mobile_is_shown_masked_and_an_empty_field_keeps_it(client, prosecutor):
    PreferenceFactory(user=prosecutor, mobile=CANARY.phone)

    shown = client.get(URL).content.decode()
    assert MASKED in shown
    assert CANARY.phone not in shown
    client.post(URL, filled(version="1"))
    assert Preference.objects.get(user=prosecutor).mobile == CANARY.phone


def test_the_mobile_is_removed_by_the_tick_alone(client, prosecutor):
    PreferenceFactory(user=prosecutor, mobile=CANARY.phone)

    client.post(URL, filled(version="1", drop_mobile="on"))

    assert not Preference.objects.get(user=prosecutor).mobile


def test_a_stale_form_is_refused_with_what_was_typed_and_can_be_saved_then(client, prosecutor):
    PreferenceFactory(user=prosecutor, version=5)

    response = client.post(URL, filled(version="4", email="neu@example.cn"))

    assert response.status_code == 409
    assert "neu@example.cn" in response.content.decode()
    assert response.context["form"]["version"].value() == "5"
    assert client.post(URL, filled(version="5")).status_code == 302


@pytest.mark.parametrize(
    "hostile",
    [
        {"mail_deadline": "never"},
        {"sms_case": "digest"},
        {"email": "li@example.cn\r\nBcc: x@example.cn"},
        {"email": "niemand"},
        {"quiet_from": "25:00"},
        {"quiet_to": ""},
        {"mobile": "12"},
        {"mobile": "<script>"},
        {"version": "x"},
        {"version": ""},
        {"mail_case": ""},
    ],
)
def test_hostile_input_is_refused_and_changes_nothing(client, prosecutor, hostile):
    response = client.post(URL, filled(**hostile))

    assert response.status_code == 422
    assert "处需要修改" in response.content.decode()
    assert not Preference.objects.exists()
    prosecutor.refresh_from_db()
    assert prosecutor.email != "li@example.gov.cn"


def test_a_new_topic_in_the_post_is_not_kept(client, prosecutor):
    client.post(URL, filled(mail_evil="now", choices='{"deadline": 1}', user="1"))

    kept = Preference.objects.get()
    assert (kept.user, "evil" in kept.choices) == (prosecutor, False)


def test_what_is_kept_is_encrypted(client):
    client.post(URL, filled(mobile=CANARY.phone))

    sealed = Preference.objects.get().__dict__["mobile"]
    assert CANARY.phone.encode() not in sealed
