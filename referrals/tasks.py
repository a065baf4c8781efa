from celery import shared_task
from django.db import OperationalError

from referrals import notices


@shared_task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def announce(event_id: int) -> int:
    """Tell whoever should know. Running it twice tells nobody twice (see notices.announce)."""
    return notices.announce(event_id)
