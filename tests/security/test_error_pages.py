"""What an answer that says no tells, and what it keeps to itself."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import path

from config.urls import handler500 as handler500
from config.urls import urlpatterns as real
from tests.cast import client_for

TELLTALES = ("Traceback", "Django", str(settings.BASE_DIR), "site-packages", "Exception", "geheim")


def broken(request):
    raise ValueError("geheim")


urlpatterns = [*real, path("broken/", broken, name="broken")]


def quiet(response):
    body = response.content.decode()
    return [word for word in TELLTALES if word in body]


@pytest.mark.parametrize("who", ["prosecutor", "legalaid", "city", "auditor"])
def test_a_missing_page_tells_nothing_about_the_address(cast, who):
    response = client_for(getattr(cast, who)).get("/no/such/150902-2026-9999/")

    assert response.status_code == 404
    assert "150902-2026-9999" not in response.content.decode()
    assert quiet(response) == []


@pytest.mark.urls("tests.security.test_error_pages")
def test_a_broken_page_tells_nothing_of_why(prosecutor):
    client = client_for(prosecutor)
    client.raise_request_exception = False

    response = client.get("/broken/")

    assert response.status_code == 500
    assert quiet(response) == []


def test_a_missing_token_is_explained_in_our_words(prosecutor):
    response = client_for(prosecutor, enforce_csrf_checks=True).post("/account/preferences", {})

    assert response.status_code == 403
    assert quiet(response) == []
    assert "CSRF" not in response.content.decode()


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Host": "testserver", "X-Forwarded-Host": "evil.example"}]
)
def test_no_address_is_built_from_a_foreign_host(headers):
    response = Client().get("/account/", headers=headers)

    assert "evil.example" not in response.headers.get("Location", "")
    assert response.status_code in {302, 400}


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_a_form_sent_from_elsewhere_is_refused(prosecutor, origin):
    client = client_for(prosecutor, enforce_csrf_checks=True)
    client.get("/account/")
    token = client.cookies["csrftoken"].value

    response = client.post(
        "/account/preferences",
        {"theme": "dark", "density": "normal", "csrfmiddlewaretoken": token},
        headers={"Origin": origin, "HX-Request": "true"},
    )

    assert response.status_code == 403


def test_the_cookies_are_out_of_reach_of_scripts(client, prosecutor):
    client.post("/login/", {"username": "prosecutor", "password": "Zhichi-Demo-2026"})
    client.get("/account/")

    for name in ("sessionid", "csrftoken"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] in {"Lax", "Strict"}
