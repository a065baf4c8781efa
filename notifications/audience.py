"""谁还听: the apps above say who may no longer hear of a matter and who muted it; this one knows no cases.

静音 takes away 案件进展 and whatever leaves the house. It leaves alone 期限、超期升级、催办 in the application (a wrong
day is a lost right), and on every channel what is overdue or due today (`urgent`) and 超期升级.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from accounts.models import User
from notifications.models.topic import Topic

if TYPE_CHECKING:
    from notifications.models.notification import Notification

ALWAYS_RINGS = frozenset({Topic.DEADLINE, Topic.ESCALATION, Topic.URGE})
Place = tuple[int, str]  # (person, address)


@dataclass
class Verdict:
    """About some notifications: whose reader may not, and whose reader does not want to hear."""

    refused: set[Place] = field(default_factory=set)
    muted: set[Place] = field(default_factory=set)

    def refuses(self, notification: "Notification") -> bool:
        return (notification.recipient_id, notification.url) in self.refused

    def silences(self, notification: "Notification") -> bool:
        """静音 in the application: it is filed as read."""
        return self._mutes(notification) and notification.topic not in ALWAYS_RINGS

    def keeps_in(self, notification: "Notification") -> bool:
        """It does not leave the house."""
        return self.refuses(notification) or self._mutes(notification)

    def _mutes(self, notification: "Notification") -> bool:
        pressing = notification.urgent or notification.topic == Topic.ESCALATION
        return not pressing and (notification.recipient_id, notification.url) in self.muted


class Matter(NamedTuple):
    """What notices are about: how it is called, its page, whether the reader muted it, and where that is changed."""

    key: str
    name: str
    url: str
    muted: bool
    change_url: str


class Provider(NamedTuple):
    """Whoever knows the matters; registered at start-up."""

    judge: Callable[[Sequence["Notification"]], Verdict]
    matters: Callable[[User, Iterable[str]], dict[str, Matter]]


_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Call this at start-up."""
    _providers.append(provider)


def judge(notifications: Sequence["Notification"]) -> Verdict:
    """As many statements for five hundred as for one; none for what concerns no provider."""
    whole = Verdict()
    for provider in _providers:
        found = provider.judge(notifications)
        whole.refused |= found.refused
        whole.muted |= found.muted
    return whole


def matters(user: User, addresses: Sequence[str]) -> dict[str, Matter]:
    """Address → what it is about, for the page of this user."""
    return {url: matter for each in _providers for url, matter in each.matters(user, addresses).items()}
