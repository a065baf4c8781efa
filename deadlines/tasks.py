from celery import shared_task

from deadlines.recounts import listing, work


@shared_task
def recount(recount_id: int) -> None:
    """Work on a recount for a while. Safe to run twice: the job is claimed (see deadlines.recounts.work)."""
    if work.work(recount_id):
        recount.delay_on_commit(recount_id)


@shared_task
def list_changes(list_id: int) -> None:
    """Work on the list of what a recount would change for a while. Safe to run twice: the job is claimed."""
    if listing.work(list_id):
        list_changes.delay_on_commit(list_id)
