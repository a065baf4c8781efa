from celery import shared_task
from django.db import OperationalError

from mediation import notices


@shared_task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def tell_mediator(mediation_id: int) -> int:
    """Tell the mediator. Running it twice tells nobody twice."""
    return notices.tell_mediator(mediation_id)
