from celery import shared_task

from notifications import sending


@shared_task
def send() -> int:
    """Send what is ready; the sweep does the same every minute."""
    return sending.sweep()
