from typing import Any

from celery import shared_task
from celery.signals import beat_init, worker_ready

from jobs import sweep as sweeping
from jobs.models import Heartbeat


@shared_task
def beat_heartbeat() -> None:
    """The scheduler sent something and a worker received it."""
    Heartbeat.objects.beat("beat")


@shared_task
def sweep() -> None:
    """Do all periodic work once."""
    sweeping.run()


# Celery's own signals: without them `/readyz` would call a fresh worker dead until its first minute is over.
@worker_ready.connect
def worker_is_up(**kwargs: Any) -> None:
    Heartbeat.objects.beat("worker")


@beat_init.connect
def beat_is_up(**kwargs: Any) -> None:
    Heartbeat.objects.beat("beat")
