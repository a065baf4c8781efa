"""Pages, panels, ways out, downloads; the clock; what middleware does to every answer."""

import io
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Organisation, User
from audit.models import Entry
from core import clock, http, middleware, request_id
from tests.accounts.factories import OrganisationFactory, UserFactory

PAGE = "{% load partials %}<html>{% partialdef panel inline %}<p>{{ word }}</p>{% endpartialdef %}</html>"


def request_by(headers=None, method="GET"):
    request = RequestFactory().generic(method, "/x/", headers=headers)
    request.htmx = HtmxDetails(request)
    return request


@pytest.fixture
def _page_template(tmp_path, settings):
    (tmp_path / "it.html").write_text(PAGE)
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]


@pytest.mark.usefixtures("_page_template")
def test_one_template_answers_page_and_panel():
    whole = http.page(request_by(), "it.html", {"word": "好"}, status=422)
    panel = http.page(request_by({"HX-Request": "true"}), "it.html", {"word": "好"}, status=422)

    assert whole.content.decode() == "<html><p>好</p></html>"
    assert panel.content.decode() == "<p>好</p>"
    assert [whole.status_code, panel.status_code] == [422, 422]
    assert [whole["Vary"], panel["Vary"]] == ["HX-Request", "HX-Request"]


@pytest.mark.usefixtures("_page_template")
def test_a_restored_history_entry_gets_the_whole_page():
    request = request_by({"HX-Request": "true", "HX-History-Restore-Request": "true"})

    assert http.page(request, "it.html", {"word": "好"}).content.startswith(b"<html>")


def test_leaving_is_a_redirect_or_a_header_for_htmx():
    plain, htmx = (
        http.leave(request_by(), "/cases/"),
        http.leave(request_by({"HX-Request": "true"}), "/cases/"),
    )

    assert (plain.status_code, plain["Location"]) == (302, "/cases/")
    assert (htmx.status_code, htmx["HX-Redirect"]) == (200, "/cases/")


@pytest.mark.parametrize("body", [b"<svg/>", io.BytesIO(b"<svg/>")])
def test_a_download_is_stored_and_never_opened_in_our_origin(body):
    response = http.download(body, "考勤表.svg", "image/svg+xml")

    assert b"".join(response.streaming_content) == b"<svg/>"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E8%80%83%E5%8B%A4%E8%A1%A8.svg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\文件\\工资表.xlsx", "工资表.xlsx"),
        ("工资\r\nSet-Cookie: a.pdf", "工资  Set-Cookie: a.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("表" * 200 + ".pdf", "表" * 116 + ".pdf"),
        ("...", "文件"),
        ("", "文件"),
    ],
)
def test_file_names_are_made_harmless(name, safe):
    assert http.safe_name(name) == safe


@given(st.text())
def test_every_file_name_can_be_sent(name):
    header = http.download(b"", name, "application/pdf")["Content-Disposition"]

    assert header.startswith("attachment; filename")
    assert "\n" not in header
    assert "\r" not in header


def test_the_clock_stops_where_it_is_told_and_goes_on_after():
    with clock.travel(datetime(2026, 11, 23, 17, 0, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 24)
        with clock.travel(date(2026, 1, 2)):
            assert clock.now().isoformat() == "2026-01-02T09:00:00+08:00"
        assert clock.now().isoformat() == "2026-11-24T01:00:00+08:00"
    assert clock.now() > datetime(2026, 11, 23, tzinfo=UTC)


def answer(method, work, *wrappers):
    """What comes out when a view that does `work` is wrapped."""

    def view(request):
        work()
        return HttpResponse("好")

    for wrapper in wrappers:
        view = wrapper(view)
    return view(request_by(method=method))


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize(
    "work",
    [
        lambda: OrganisationFactory(),
        lambda: Organisation.objects.update(name="x"),
        lambda: User.objects.all().delete(),
        lambda: User.objects.update(name="x"),
        lambda: connection.cursor().execute("TRUNCATE audit_entry"),
        lambda: connection.cursor().execute(
            "WITH gone AS (DELETE FROM accounts_organisation RETURNING 1) SELECT * FROM gone"
        ),
        lambda: connection.cursor().execute("((DELETE FROM accounts_organisation))"),
    ],
)
def test_looking_must_not_write(method, work, caplog):
    UserFactory()
    with pytest.raises(middleware.WroteOnGet):
        answer(method, work, middleware.ReadOnlyGet)
    assert "GET 请求试图写入" in caplog.text


@pytest.mark.parametrize(
    "work",
    [
        lambda: Entry.objects.create(actor="系统", verb="search", target_label="案件"),
        lambda: User.objects.update(last_seen=clock.now()),
        lambda: User.objects.update(last_login=clock.now()),
        lambda: list(User.objects.select_for_update()),
        lambda: list(User.objects.iterator()),
    ],
)
def test_looking_may_be_noted(work):
    assert answer("GET", work, middleware.ReadOnlyGet).content == "好".encode()


def test_a_post_may_write_and_so_may_what_comes_after_a_get():
    answer("GET", lambda: None, middleware.ReadOnlyGet)
    answer("POST", lambda: OrganisationFactory(), middleware.ReadOnlyGet)

    assert Organisation.objects.count() == 1


def test_every_answer_has_a_number_headers_and_no_copy_in_caches():
    seen = []
    wrappers = [middleware.SecurityHeaders, middleware.NoStore, middleware.RequestId]
    response = answer("GET", lambda: seen.append(request_id.current()), *wrappers)

    assert response["X-Request-ID"] == seen[0] != ""
    assert response["Cache-Control"] == "no-store, private"
    assert "geolocation=()" in response["Permissions-Policy"]
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_middleware_is_in_use(client):
    response = client.get("/healthz")

    assert response["X-Request-ID"]
    assert response["Cache-Control"] == "no-store, private"
