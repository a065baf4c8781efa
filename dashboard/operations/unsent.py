"""迟迟没有办的事: what was to be done after commit and still waits shows in `/readyz`, whatever Celery says."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Min, QuerySet

from cases.models import Announcement
from core import clock
from deadlines.models import Reminder
from documents.models import Rendition
from documents.models.rendition import MAX_ATTEMPTS
from notifications.models import Delivery
from referrals.models import ReferralAnnouncement

PATIENCE = timedelta(minutes=10)


class Queue(NamedTuple):
    """Rows that say what is still to be done, and the column that says since when."""

    what: str
    rows: Callable[[], QuerySet]
    since: str


QUEUES = [
    Queue("案件通知", lambda: Announcement.objects.filter(done_at=None), "event__happened_at"),
    Queue("线索通知", lambda: ReferralAnnouncement.objects.filter(done_at=None), "event__happened_at"),
    Queue("投递", lambda: Delivery.objects.waiting().filter(not_before__lte=clock.now()), "not_before"),
    Queue("期限提醒", lambda: Reminder.objects.waiting(), "created_at"),
    Queue(
        "文书文件", lambda: Rendition.objects.filter(done_at=None, attempts__lt=MAX_ATTEMPTS), "created_at"
    ),
]


def probe() -> str:
    """A sentence naming every queue whose oldest row has waited for more than ten minutes; empty when none has."""
    late = [f"{queue.what}（已等 {minutes} 分钟）" for queue in QUEUES if (minutes := _waited(queue))]
    return f"有事没有及时办：{'、'.join(late)}。请检查后台任务是否在运行。" if late else ""


def _waited(queue: Queue) -> int:
    """Minutes that the oldest row has waited, when that is too long; else 0."""
    oldest: datetime | None = queue.rows().aggregate(oldest=Min(queue.since))["oldest"]
    waited = clock.now() - oldest if oldest else timedelta()
    return int(waited.total_seconds() // 60) if waited > PATIENCE else 0
