"""What a page of figures was asked: period, unit and conditions, read from its query string once."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from accounts.http import Request
from accounts.models import Organisation
from accounts.permissions import Permission
from cases.models import Recovery, Source
from dashboard.figures import Scope, offices_for, scope_of
from dashboard.periods import KINDS, Period, period_of

NO_PLACE = "未登记"
UNKNOWN_UNIT = "没有这个单位，或者它不在你的范围内，下面都是 0。请重新选择单位。"
CONDITIONS = {"channel": "渠道", "source": "线索来源", "place": "地点"}


@dataclass(frozen=True)
class Asked:
    """统计条件 of one request."""

    request: Request

    @cached_property
    def period(self) -> Period:
        return period_of(self.request.GET)

    @property
    def unit(self) -> str:
        return self.request.GET.get("unit", "")

    @cached_property
    def only(self) -> dict[str, str]:
        """Conditions that a bar or a tile of the dashboard carries; unknown values are left out."""
        asked = {name: self.request.GET[name] for name in CONDITIONS if self.request.GET.get(name)}
        known = {"channel": Recovery.Channel.values, "source": Source.values}
        return {name: value for name, value in asked.items() if value in known.get(name, [value])}

    @cached_property
    def scope(self) -> Scope:
        only = {name: "" if value == NO_PLACE else value for name, value in self.only.items()}
        return scope_of(self.request.user, self.period, self.unit, only)

    @property
    def is_above(self) -> bool:
        """上级院督导: sees units and case codes, no names."""
        return self.request.user.may(Permission.FIGURES_BELOW)

    @cached_property
    def offices(self) -> list[Organisation]:
        """The units a supervisor may choose from, in the order of the tree."""
        return list(offices_for(self.request.user)) if self.is_above else []

    @property
    def fault(self) -> str:
        """The sentence about what could not be read."""
        return self.period.fault or (UNKNOWN_UNIT if self.unit and not self.scope.offices else "")

    def query(self, **changes: Any) -> str:
        """A query string that asks the same again, with changes; None takes a condition out."""
        asked = self.period.query | ({"unit": self.unit} if self.unit else {}) | self.only | changes
        return "?" + urlencode({name: value for name, value in asked.items() if value is not None})

    def drill(self, figure: str, **changes: Any) -> str:
        """The address of the rows behind a figure, under the same conditions."""
        return reverse("dashboard:drill", args=[figure]) + self.query(**changes)

    @property
    def periods(self) -> list[dict[str, Any]]:
        """The switch of periods; 自定义 opens with the days of the period in force."""
        here = self.period
        found = []
        for kind, label in KINDS.items():
            days = {"from": here.first, "to": here.last} if kind == "custom" else {"from": None, "to": None}
            found.append(
                {"label": label, "url": self.query(period=kind, **days), "current": kind == here.kind}
            )
        return found

    @property
    def chips(self) -> list[dict[str, str]]:
        """已选条件, each with its way off."""
        names = {"channel": dict(Recovery.Channel.choices), "source": dict(Source.choices), "place": {}}
        return [
            {
                "label": f"{CONDITIONS[name]}：{names[name].get(value, value)}",
                "url": self.query(**{name: None}),
            }
            for name, value in self.only.items()
        ]

    @property
    def clear_url(self) -> str:
        return self.query(**dict.fromkeys(CONDITIONS))
