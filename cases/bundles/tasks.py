from celery import shared_task

from cases.bundles import work


@shared_task
def make(bundle_id: str) -> None:
    """Work on a bundle for a while. Safe to run twice: the job is claimed (see cases.bundles.work)."""
    if work.work(bundle_id):
        make.delay_on_commit(bundle_id)
