"""回款台账 as the page and the workbook show it; rows and sums are those of `cases.recovery.ledger`."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Count, Min, Q, QuerySet, Sum

from accounts.models import User
from cases.models import Recovery
from cases.recovery import ledger
from cases.recovery.ledger import STATE_LABELS, STATES, Wanted
from core.fields import DayField, TextField
from core.forms import Form
from core.masking import group_title

VIEWS = {"": "全部"} | dict(STATE_LABELS)
NAMES = dict(STATE_LABELS)


class LedgerFilter(Form):
    """案号、付款人, 渠道, 到账日期; `state` is the view and travels along unseen."""

    q = TextField(label="案号、付款人", required=False, max_length=60)
    channel = forms.ChoiceField(
        label="渠道", required=False, choices=[("", "全部渠道"), *Recovery.Channel.choices]
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for name, label in (("from", "到账日期从"), ("to", "到账日期到")):
            self.fields[name] = DayField(label=label, required=False)
            self._speak(self.fields[name])
        self.fields["state"] = forms.ChoiceField(
            required=False, choices=list(VIEWS.items()), widget=forms.HiddenInput
        )
        self.is_valid()

    def value(self, name: str) -> Any:
        return self.cleaned_data.get(name) or None

    @property
    def active(self) -> int:
        return sum(bool(self.value(name)) for name in ("q", "channel", "from", "to"))

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            since=self.value("from"),
            until=self.value("to"),
            channel=self.value("channel") or "",
            state=self.value("state") or "",
            text=self.value("q") or "",
        )


def rows(user: User, wanted: Wanted) -> QuerySet[Recovery]:
    """The entries, newest payment first, each with the number of workers and the first of them."""
    found = ledger.rows(user, wanted).annotate(first_worker=Min("allocations__person__name"))
    return found.order_by("-paid_on", "-pk")


def dress(found: list[Any]) -> list[Any]:
    """Give each row its workers and its state in words."""
    for recovery in found:
        recovery.people = group_title(recovery.first_worker, recovery.workers)
        recovery.state_name = NAMES[recovery.state]
    return found


@dataclass(frozen=True)
class Summary:
    """Under the list: verified sums by channel, their total, and what waits (yuan)."""

    channels: list[ledger.ChannelSum]
    verified: Decimal
    waiting: Decimal


def summary(user: User, wanted: Wanted) -> tuple[Summary, dict[str, int]]:
    """Sums of the view in force, and how many entries stand in each view."""
    channels = ledger.sums_by_channel(ledger.rows(user, wanted))
    whole = Recovery.objects.filter(
        pk__in=ledger.rows(user, replace(wanted, state="")).order_by().values("pk")
    )
    counted = {code: Count("pk", filter=where) for code, where in STATES.items()}
    found = whole.aggregate(
        **counted, all=Count("pk"), sum_waiting=Sum("amount", filter=Q(STATES["waiting"]))
    )
    waiting = found.pop("sum_waiting") or Decimal("0.00")
    verified = sum((each.amount for each in channels), Decimal("0.00"))
    return Summary(channels, verified, waiting), found
