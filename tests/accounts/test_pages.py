"""Home, own account, password, preferences, rights."""

import pytest
from django.core.exceptions import ValidationError

from accounts.passwords import OfficePassword, one_time_password
from accounts.views import entry
from tests.accounts.factories import PASSWORD
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page

HOMES = {
    "prosecutor": "/desk/",
    "assistant": "/desk/",
    "clerk": "/desk/",
    "head": "/desk/",
    "chief": "/dashboard/",
    "city": "/dashboard/",
    "legalaid": "/partner/",
    "mediator": "/mediations/",
    "sysadmin": "/settings/users/",
    "security": "/settings/rights/",
    "auditor": "/audit/",
}


@pytest.mark.parametrize(("who", "place"), HOMES.items())
def test_each_role_begins_its_day_at_its_place(cast, monkeypatch, who, place):
    monkeypatch.setattr(entry, "is_valid_path", lambda path: True)

    assert client_for(getattr(cast, who)).get("/").headers["Location"] == place


def test_home_is_the_account_while_a_place_does_not_exist(prosecutor, monkeypatch):
    monkeypatch.setattr(entry, "is_valid_path", lambda path: False)

    assert client_for(prosecutor).get("/").headers["Location"] == "/account/"


def test_the_account_says_who_i_am_and_what_i_may_do(clerk):
    content = client_for(clerk).get("/account/").content.decode()

    assert "陈内勤 · 书记员/内勤 · 集宁区人民检察院" in content
    assert "登记到账、核对到账" in content
    assert "分派承办人" not in content


def test_the_account_lists_my_sign_ins_and_nobody_elses(client, prosecutor, prosecutor2):
    for username in ("prosecutor", "prosecutor2"):
        client.post("/login/", {"username": username, "password": PASSWORD})
        client.post("/logout/")

    response = client_for(prosecutor).get("/account/")

    assert [e.get_verb_display() for e in response.context["sign_ins"]] == ["退出", "登录"]
    assert {e.actor_number for e in response.context["sign_ins"]} == {prosecutor.pk}


@pytest.mark.parametrize("who", ["prosecutor", "legalaid"])
@pytest.mark.parametrize("url", ["/account/", "/account/password/"])
def test_the_panel_is_part_of_the_page(cast, who, url):
    assert_panel_is_part_of_page(client_for(getattr(cast, who)), url)


@pytest.mark.parametrize(
    "url",
    [
        "/settings/users/",
        "/settings/users/new/",
        "/settings/organisations/",
        "/settings/organisations/new/",
        "/settings/rights/",
    ],
)
def test_the_panels_of_the_administrator_are_part_of_their_pages(sysadmin, url):
    assert_panel_is_part_of_page(client_for(sysadmin), url)


def test_preferences_follow_the_person_to_another_browser(client, prosecutor):
    client_for(prosecutor).post("/account/preferences", {"theme": "dark", "density": "compact"})

    response = client.post("/login/", {"username": "prosecutor", "password": PASSWORD})

    assert (response.cookies["theme"].value, response.cookies["density"].value) == ("dark", "compact")
    assert 'data-theme="dark" data-density="compact"' in client.get("/account/").content.decode()


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("Kurz-2026", "新密码有 9 个字符，至少要 12 个。"),
        ("nurkleinbuchstaben", "新密码的字符种类不够，请用上大写字母、小写字母、数字、符号中的三种。"),
        ("Prosecutor-2026", "新密码里有姓名或用户名，请换一个。"),
    ],
)
def test_a_poor_password_is_refused_with_what_to_change(prosecutor, password, sentence):
    form = {"current": PASSWORD, "new": password, "again": password}

    response = client_for(prosecutor).post("/account/password/", form)

    assert response.status_code == 422
    assert response.context["form"].errors["new"] == [sentence]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("current", "Falsch-2026", "现在的密码不对，请核对后重填。"),
        ("again", "Anders-Ganz-2027", "两次填的新密码不一样，请重填一次。"),
        ("new", PASSWORD, "新密码与现在的相同，请换一个。"),
        ("new", "", "还没填新密码。"),
    ],
)
def test_changing_the_password_checks_each_field(prosecutor, field, value, sentence):
    form = {"current": PASSWORD, "new": "Quer-Beet-2027", "again": "Quer-Beet-2027", field: value}

    response = client_for(prosecutor).post("/account/password/", form)

    assert sentence in response.context["form"].errors[field]
    prosecutor.refresh_from_db()
    assert prosecutor.check_password(PASSWORD)


def test_a_common_password_is_refused():
    with pytest.raises(ValidationError, match="太常见"):
        OfficePassword().validate("1Qaz2wsx3edc")


def test_one_time_passwords_satisfy_the_rule():
    for _ in range(50):
        OfficePassword().validate(one_time_password())


def test_no_password_is_ever_sent_back(client, prosecutor):
    response = client.post("/login/", {"username": "prosecutor", "password": "Geheim-Geheim-1"})

    assert "Geheim-Geheim-1" not in response.content.decode()


def test_the_table_of_rights_can_be_read_not_changed(security):
    client = client_for(security)

    assert "操作审计" in client.get("/settings/rights/").content.decode()
    assert client.post("/settings/rights/").status_code == 405
