"""The side bar: who sees what, where one is, and the numbers."""

import pytest
from django.db.models import Value
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import include, path

from accounts import navigation
from accounts.context import Shell
from accounts.models import User
from accounts.navigation import Tally, how_many
from accounts.permissions import Role


def _pages(app, **routes):
    views = [path(route, lambda request: HttpResponse(), name=name) for name, route in routes.items()]
    return path("", include((views, app)))


urlpatterns = [
    _pages("dashboard", desk="desk/", ledger="ledger/", figures="dashboard/", audit="audit/", help="help/"),
    _pages("referrals", inbox="referrals/"),
    _pages("cases", list="cases/"),
    _pages("approvals", list="approvals/"),
    _pages("partner", home="partner/", new="partner/referrals/new/"),
    _pages("notifications", list="notifications/"),
    _pages("accounts", users="settings/users/", rights="settings/rights/"),
]
OFFICE = ["工作台", "线索收件箱", "案件", "审批", "回款台账", "追薪成效", "通知", "帮助"]


@pytest.fixture(autouse=True)
def _all_pages_there(monkeypatch):
    """Every page exists, and nobody but the test counts."""
    monkeypatch.setattr(navigation, "_counters", {})
    with override_settings(ROOT_URLCONF=__name__):
        yield


def labels(role, path=""):
    groups = navigation.items_for(User(pk=1, role=role), path)
    return [item.label for group in groups for item in group.items]


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.PROSECUTOR, OFFICE),
        (Role.ASSISTANT, OFFICE),
        (Role.DEPARTMENT_HEAD, OFFICE),
        (Role.CHIEF, OFFICE),
        (Role.SUPERVISOR, ["追薪成效", "通知", "帮助"]),
        (Role.PARTNER, ["我的移送", "移送线索", "通知", "帮助"]),
        (Role.MEDIATOR, ["通知", "帮助"]),
        (Role.SYSTEM_ADMIN, ["用户", "通知", "帮助"]),
        (Role.SECURITY_ADMIN, ["权限表", "通知", "帮助"]),
        (Role.AUDITOR, ["操作审计", "通知", "帮助"]),
    ],
)
def test_each_role_sees_its_pages_and_only_those_that_exist(role, seen):
    assert labels(role) == seen


def test_the_deepest_page_of_the_path_is_marked():
    groups = navigation.items_for(User(pk=1, role=Role.PARTNER), "/partner/referrals/new/")
    assert [item.label for group in groups for item in group.items if item.current] == ["移送线索"]


def test_a_number_stands_beside_its_page(clerk):
    navigation.register_count("cases:list", lambda user: Tally(Value(16), lambda n: (n, True)))
    groups = navigation.items_for(clerk)
    assert [(item.label, item.hot) for group in groups for item in group.items if item.count == 16] == [
        ("案件", True)
    ]


def test_numbers_are_counted_together_and_once_in_thirty_seconds(settings, clerk, django_assert_num_queries):
    settings.NAVIGATION_COUNTS_SECONDS = 30
    for page in ["cases:list", "referrals:inbox"]:
        navigation.register_count(page, lambda user: how_many(User.objects.filter(pk=user.pk), hot=True))
    with django_assert_num_queries(1):
        counted = [navigation.counts_for(clerk, ["cases:list", "referrals:inbox"]) for _ in range(3)]
    assert counted == [{"cases:list": (1, True), "referrals:inbox": (1, True)}] * 3


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("", "auto"), ('"><script>', "auto")])
def test_theme_comes_from_the_cookie_and_only_known_words_count(cookie, theme):
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    assert Shell(request).theme == theme


def test_a_visitor_has_no_navigation():
    assert Shell(RequestFactory().get("/")).groups == []
