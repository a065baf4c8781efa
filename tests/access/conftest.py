import pytest


@pytest.fixture(autouse=True)
def _sessions_in_the_cookie(settings):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
