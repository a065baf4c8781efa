"""提醒自检: signs that reminders do not go out, as sentences. A dead alarm must show."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min

from core import clock
from deadlines.models import Deadline, Reminder
from jobs import probes

SCAN = "sweep:deadlines.reminders"  # the heartbeat that jobs.sweep keeps
PATIENCE = timedelta(minutes=10)
ALARMS = {"beat": "定时器", "worker": "后台任务", SCAN: "提醒扫描"}


@dataclass(frozen=True)
class Waiting:
    """未发提醒: how many wait to be told, and since when the oldest does."""

    count: int
    since: datetime | None

    @property
    def minutes(self) -> int:
        return int((clock.now() - self.since).total_seconds() // 60) if self.since else 0

    @property
    def is_late(self) -> bool:
        return self.since is not None and clock.now() - self.since > PATIENCE


def waiting() -> Waiting:
    found = Reminder.objects.waiting().order_by()
    return Waiting(**found.aggregate(count=Count("pk"), since=Min("created_at")))


def signs() -> list[probes.Sign]:
    """Scheduler, worker and scan, in one statement."""
    return probes.signs(ALARMS)


def alarm() -> str:
    """The first of them that has fallen silent, as the desk says it."""
    return next((sign.sentence for sign in signs() if sign.sentence), "")


def probe() -> str:
    """For `/readyz`: the scan runs, nothing waits for long, no plan was left behind."""
    found = [sign.sentence for sign in probes.signs({SCAN: ALARMS[SCAN]})]
    oldest = waiting()
    if oldest.is_late:
        found.append(f"最早一条未发提醒已等 {oldest.minutes} 分钟。")
    if stuck := Deadline.objects.running().filter(remind_on__lt=clock.today()).count():
        found.append(f"有 {stuck} 项期限的提醒没有登记上，请查看日志。")
    return "".join(found)
