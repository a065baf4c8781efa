"""线索收件箱 as queries: views with their counts, filters, and one page of rows at the same price for 1 and 30."""

from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from accounts.models import User
from accounts.navigation import Tally, how_many
from core.search import lookup
from referrals.models import Referral, ReferralDeadline
from referrals.workflow import CLOSED, Status

VIEWS: dict[str, tuple[str, Q]] = {
    "waiting": ("待接收", Q(status=Status.SUBMITTED)),
    "returned": ("待补正", Q(status=Status.RETURNED)),
    "closed": ("已办结", Q(status__in=CLOSED)),
    "all": ("全部", Q()),
}
FIRST_VIEW = "waiting"
PER_PAGE = 20


def chosen(name: str) -> str:
    """The view of the query string; an unknown one is the first."""
    return name if name in VIEWS else FIRST_VIEW


def counts(user: User) -> dict[str, int]:
    """How many leads each view holds, in one query."""
    sums = {
        name: Count("pk", filter=condition or Q(pk__isnull=False)) for name, (_, condition) in VIEWS.items()
    }
    return Referral.objects.visible_to(user).aggregate(**sums)


def waiting_count(user: User) -> Tally:
    """The number beside 线索收件箱; red when a receipt is overdue is left to the desk."""
    return how_many(Referral.objects.visible_to(user).waiting(), hot=False)


def rows(user: User, view: str, wanted: dict[str, Any]) -> QuerySet[Referral]:
    """Leads of one view, oldest waiting first, else newest first; each with `people`, `owed` and its open clocks."""
    found = Referral.objects.visible_to(user).filter(VIEWS[view][1])
    for condition in _conditions(wanted):
        found = found.filter(condition)
    running = Q(deadline__met_on=None, deadline__cancelled_at=None)
    links = (
        ReferralDeadline.objects.filter(running).select_related("deadline__term").order_by("deadline__due_on")
    )
    order = "submitted_at" if view == FIRST_VIEW else "-submitted_at"
    return (
        found.select_related("unit", "came_from__organisation", "organisation", "handler")
        .annotate(people=Count("workers"), owed=Sum("workers__owed"))
        .prefetch_related(Prefetch("referral_deadlines", queryset=links, to_attr="open_links"))
        .order_by(order, "code")
    )


def _conditions(wanted: dict[str, Any]) -> list[Q]:
    found = []
    if wanted.get("q"):
        terms = lookup(wanted["q"])
        found.append(
            Q(search=SearchQuery(terms, search_type="raw", config="simple")) if terms else Q(pk=None)
        )
    if wanted.get("source"):
        found.append(Q(source=wanted["source"]))
    if wanted.get("urgent"):
        found.append(Q(is_year_end=True) | Q(is_group=True) | Q(is_extreme=True))
    return found
