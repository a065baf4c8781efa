"""What every page's frame needs: navigation, theme, the way out. One lazy object, so that a fragment pays nothing."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.navigation import TABS, Group, Item, items_for, url_or_blank
from accounts.permissions import Permission

THEMES = ("auto", "light", "dark")
DENSITIES = ("normal", "compact", "comfortable")
BELL = "notifications:list"


class Shell:
    """The frame of one page for one request; base.html reads it as `shell`."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.demo = settings.DEMO

    @property
    def theme(self) -> str:
        """浅色, 深色 or 跟随系统, from a cookie: the page is painted right the first time."""
        return self._chosen("theme", THEMES)

    @property
    def density(self) -> str:
        return self._chosen("density", DENSITIES)

    def _chosen(self, name: str, known: tuple[str, ...]) -> str:
        value = self._request.COOKIES.get(name, "")
        return value if value in known else known[0]

    @cached_property
    def groups(self) -> list[Group]:
        user = getattr(self._request, "user", None)
        return items_for(user, self._request.path) if user and user.is_authenticated else []

    @cached_property
    def tabs(self) -> list[Item]:
        """The first four pages, for the thumb."""
        return [item for group in self.groups for item in group.items][:TABS]

    @cached_property
    def unread(self) -> int:
        return next((item.count for group in self.groups for item in group.items if item.page == BELL), 0)

    @property
    def notifications_url(self) -> str:
        return url_or_blank(BELL)

    @property
    def help_url(self) -> str:
        return url_or_blank("dashboard:help")

    @property
    def search_url(self) -> str:
        user = getattr(self._request, "user", None)
        sees = user is not None and user.is_authenticated and user.may(Permission.CASE_SEE)
        return url_or_blank("dashboard:search") if sees else ""

    @property
    def account_url(self) -> str:
        return url_or_blank("accounts:account")

    @property
    def sign_out_url(self) -> str:
        return url_or_blank("accounts:sign_out")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor, named in settings.TEMPLATES."""
    return {"shell": Shell(request)}
