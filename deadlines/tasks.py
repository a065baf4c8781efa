from celery import shared_task

from deadlines.recounts import work


@shared_task
def recount(recount_id: int) -> None:
    """Work on a recount for a while. Safe to run twice: the job is claimed (see deadlines.recounts.work)."""
    if work.work(recount_id):
        recount.delay_on_commit(recount_id)
