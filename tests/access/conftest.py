import pytest
from django.template.backends.django import Template


@pytest.fixture(autouse=True)
def _sessions_in_the_cookie(settings):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"


@pytest.fixture
def _nothing_drawn(monkeypatch):
    """The matrix asks for answers, not for looks: templates are found but not rendered."""
    monkeypatch.setattr(Template, "render", lambda *args, **kwargs: "")
