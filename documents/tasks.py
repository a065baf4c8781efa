from celery import shared_task

from documents import work


@shared_task
def render(rendition_id: int) -> bool:
    """Make the file of a paper. Safe to run twice: the row is claimed (see documents.work)."""
    return work.render(rendition_id)
