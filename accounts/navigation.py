"""导航 as data: what stands in the side bar, for whom. An item shows once its page exists and the role may see it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from django.db.models import F, Func, IntegerField, QuerySet, Subquery
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from accounts.permissions import Permission

P = Permission


@dataclass(frozen=True)
class Tally:
    """A number still to be counted: one value of a SELECT, and how to read it as (number, painted red)."""

    value: Any
    read: Callable[[Any], tuple[int, bool]]


Counter = Callable[[User], Tally]

_counters: dict[str, Counter] = {}
_cache = LocMemCache("navigation", {})


@dataclass(frozen=True)
class Item:
    """One link: `page` is the URL's name; whoever holds one of `needs` sees it (none needed: everybody)."""

    page: str
    label: str
    icon: str
    needs: frozenset[Permission] = frozenset()
    short: str = ""
    url: str = ""
    count: int = 0
    hot: bool = False
    current: bool = False


@dataclass(frozen=True)
class Group:
    title: str
    items: list[Item]


def _item(page: str, label: str, icon: str, *needs: Permission, short: str = "") -> Item:
    return Item(page, label, icon, frozenset(needs), short or label)


MENU = [
    Group(
        "办案",
        [
            _item("dashboard:desk", "工作台", "home", P.CASE_SEE),
            _item("referrals:inbox", "线索收件箱", "inbox", P.REFERRAL_SEE, short="线索"),
            _item("cases:list", "案件", "cases", P.CASE_SEE),
            _item("approvals:list", "审批", "stamp", P.CASE_HANDLE, P.EXAMINE, P.DECIDE),
            _item("dashboard:calendar", "日程", "cal", P.CASE_SEE),
        ],
    ),
    Group(
        "移送",
        [
            _item("partner:home", "我的移送", "inbox", P.REFERRAL_SUBMIT),
            _item("partner:new", "移送线索", "send", P.REFERRAL_SUBMIT),
        ],
    ),
    Group(
        "跟踪",
        [
            _item("mediation:list", "诉前和解", "handshake", P.MEDIATION_SEE, P.MEDIATE, short="和解"),
            _item("dashboard:ledger", "回款台账", "money", P.CASE_SEE, short="回款"),
            _item("dashboard:limitations", "时效风险", "clock", P.CASE_SEE, short="时效"),
        ],
    ),
    Group("看板", [_item("dashboard:figures", "追薪成效", "chart", P.FIGURES_SEE, short="成效")]),
    Group(
        "管理",
        [
            _item("accounts:users", "用户", "users", P.ACCOUNTS_MANAGE),
            _item("accounts:organisations", "单位", "build", P.ACCOUNTS_MANAGE),
            _item("deadlines:terms", "期限规则", "clock", P.REFERENCE_MANAGE, P.CASE_SEE),
            _item("papers:wordings", "文书文本", "doc", P.REFERENCE_MANAGE, P.CASE_SEE),
            _item("cases:numbers", "文号登记", "doc", P.CASE_SEE, short="文号"),
            _item("deadlines:holidays", "节假日", "cal", P.REFERENCE_MANAGE),
            _item("notifications:channels", "通知渠道", "bell", P.REFERENCE_MANAGE),
            _item("dashboard:reminders", "提醒自检", "done", P.REFERENCE_MANAGE, P.CASE_SEE),
            _item("accounts:rights", "权限表", "lock", P.RIGHTS_MANAGE),
            _item("dashboard:audit", "操作审计", "shield", P.AUDIT_SEE, short="审计"),
        ],
    ),
    Group(
        "",
        [
            _item("notifications:list", "通知", "bell"),
            _item("dashboard:help", "帮助", "help"),
        ],
    ),
]
TABS = 4


def register_count(page: str, counter: Counter) -> None:
    """Put a number beside an item. The owner of the page calls this in `AppConfig.ready`; `hot` paints it red.

    The numbers of a user are counted together, in one statement, at most every thirty seconds.
    """
    _counters[page] = counter


def how_many(rows: QuerySet[Any], *, hot: bool) -> Tally:
    """All of these rows; `hot`: red as soon as there is one."""
    # a bare COUNT: Django's own would group by the row
    counted = rows.order_by().values(n=Func(F("pk"), function="COUNT", output_field=IntegerField()))
    return Tally(Subquery(counted), lambda n: (n, hot and n > 0))


def items_for(user: User, path: str = "") -> list[Group]:
    """The groups that this user sees, with counts, and with the item of `path` marked."""
    seen = [
        Group(group.title, [item for item in map(_placed, group.items) if _sees(user, item)])
        for group in MENU
    ]
    here = _here([item for group in seen for item in group.items], path)
    counts = counts_for(user, [item.page for group in seen for item in group.items])
    return [
        Group(group.title, [_dressed(item, counts, current=item.url == here) for item in group.items])
        for group in seen
        if group.items
    ]


def counts_for(user: User, pages: list[str]) -> dict[str, tuple[int, bool]]:
    """Page → (number, hot), kept for a short while in this process."""
    found: dict[str, tuple[int, bool]] | None = _cache.get(str(user.pk))
    if found is None:
        found = _counted(user, {page: _counters[page](user) for page in pages if page in _counters})
        _cache.set(str(user.pk), found, settings.NAVIGATION_COUNTS_SECONDS)
    return found


def _counted(user: User, tallies: dict[str, Tally]) -> dict[str, tuple[int, bool]]:
    values = User.objects.filter(pk=user.pk).values_list(*(tally.value for tally in tallies.values()))
    row = values.first() if tallies else None
    return {
        page: tally.read(value) for (page, tally), value in zip(tallies.items(), row or (), strict=bool(row))
    }


def url_or_blank(page: str) -> str:
    """The address of a page by its name; empty while the page does not exist."""
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""


def _placed(item: Item) -> Item:
    return replace(item, url=url_or_blank(item.page))


def _sees(user: User, item: Item) -> bool:
    return bool(item.url) and (not item.needs or any(user.may(permission) for permission in item.needs))


def _here(items: list[Item], path: str) -> str:
    """The longest address that begins the path: /partner/referrals/new/ is not 我的移送."""
    return max((item.url for item in items if path.startswith(item.url)), key=len, default="")


def _dressed(item: Item, counts: dict[str, tuple[int, bool]], *, current: bool) -> Item:
    count, hot = counts.get(item.page, (0, False))
    return replace(item, count=count, hot=hot, current=current)
