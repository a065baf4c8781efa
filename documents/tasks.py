from celery import shared_task
from django.db import transaction

from documents import work


@shared_task
def render(rendition_id: int) -> bool:
    """Make the file of a paper. Safe to run twice: the row is claimed (see documents.work)."""
    return work.render(rendition_id)


def nudge(rendition_id: int) -> None:
    """Wake a worker after commit. A broker that is down costs a minute (the sweep), never the request."""
    transaction.on_commit(lambda: render.delay(rendition_id), robust=True)
