from datetime import datetime, time, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST

from accounts.access import get_or_404, require
from accounts.http import Request
from accounts.permissions import Permission
from core import clock
from core.http import leave, page
from core.refusals import Refused
from notifications import actions
from notifications.forms import DeliveryFilter
from notifications.models import Delivery

PER_PAGE = 50
manages = require(Permission.REFERENCE_MANAGE)


@require_GET
@manages
def delivery_list(request: Request) -> HttpResponse:
    """投递记录: when, how, of which kind and how it ended; not what it was about."""
    form = DeliveryFilter(request.GET)
    visible = Delivery.objects.visible_to(request.user)
    counts = dict(visible.order_by().values_list("status").annotate(count=Count("pk")))
    rows = _filtered(visible, form).select_related("notification__recipient__organisation", "channel")
    context = {
        "form": form,
        "narrowed": any(form.cleaned_data.values()),
        "deliveries": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "counts": [(label, counts.get(status, 0)) for status, label in Delivery.Status.choices],
    }
    return page(request, "notifications/deliveries.html", context)


@require_POST
@manages
def retry(request: Request, pk: int) -> HttpResponse:
    delivery = get_or_404(Delivery.objects.visible_to(request.user), request.user, request, pk=pk)
    try:
        actions.retry(delivery, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已排队重发")
    return leave(request, "notifications:deliveries")


def _filtered(rows: QuerySet[Delivery], form: DeliveryFilter) -> QuerySet[Delivery]:
    form.is_valid()
    for name in ("status", "kind"):
        if wanted := form.cleaned_data.get(name):
            rows = rows.filter(**{name: wanted})
    if day := form.cleaned_data.get("day"):
        first = datetime.combine(day, time(), tzinfo=clock.SHANGHAI)
        rows = rows.filter(created_at__range=(first, first + timedelta(days=1)))
    return rows
