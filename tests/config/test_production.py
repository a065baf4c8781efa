import runpy

import pytest
from django.core.exceptions import ImproperlyConfigured

GOOD = {
    "SECRET_KEY": "0f8Kq2Zr7Lw5Vx1Tn9Yb3Mh6Jc4Gd8Ps0Ae5Ui7Ol2Rk1Wz9Xv4",
    "DATABASE_URL": "postgres://zhichi@127.0.0.1/zhichi",
    "ALLOWED_HOSTS": "zhichi.example",
    "SITE_URL": "https://zhichi.example",
    "FIELD_KEYS_FILE": "/keys/field-keys.json",
}


@pytest.fixture
def production(monkeypatch):
    """Read the production settings in an environment of one's choosing."""

    def read(**changes):
        for name in [*GOOD, "ALLOW_HTTP"]:
            monkeypatch.delenv(name, raising=False)
        for name, value in (GOOD | changes).items():
            if value is not None:
                monkeypatch.setenv(name, value)
        return runpy.run_module("config.settings.production")

    return read


@pytest.mark.parametrize("name", GOOD)
def test_nothing_starts_without(production, name):
    with pytest.raises(ImproperlyConfigured, match=rf"环境变量 {name} .*\.env\.example"):
        production(**{name: None})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "change-me"),
        ("SECRET_KEY", "dev-only-not-for-production-dev-only-not-for-production"),
        ("ALLOWED_HOSTS", "*"),
        ("SITE_URL", "zhichi.example"),
    ],
)
def test_nothing_starts_with_a_sample_or_careless_value(production, name, value):
    with pytest.raises(ImproperlyConfigured, match=name):
        production(**{name: value})


def test_https_makes_cookies_secure_and_asks_browsers_to_stay(production):
    settings = production()

    assert (settings["SESSION_COOKIE_SECURE"], settings["CSRF_COOKIE_SECURE"]) == (True, True)
    assert settings["SESSION_COOKIE_NAME"] == "__Host-sessionid"
    assert (settings["SECURE_SSL_REDIRECT"], settings["SECURE_HSTS_SECONDS"]) == (True, 365 * 24 * 3600)


def test_http_is_refused_unless_the_network_is_said_to_be_closed(production):
    with pytest.raises(ImproperlyConfigured, match="ALLOW_HTTP=1"):
        production(SITE_URL="http://10.0.0.8")

    settings = production(SITE_URL="http://10.0.0.8", ALLOW_HTTP="1")

    assert (settings["SESSION_COOKIE_SECURE"], settings["SECURE_HSTS_SECONDS"]) == (False, 0)


def test_debug_cannot_be_switched_on(production):
    assert production(DEBUG="1")["DEBUG"] is False
