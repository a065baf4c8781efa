"""Making the file of a paper (生成文书文件), exactly once, whatever dies on the way.

Claim a row with a lease, render, write the file whole, then set `done_at` only if the claim still is the latest.
A killed worker's lease runs out after 45 s and the sweep begins anew; after five tries the page shows the error.
"""

import hashlib
import logging
from datetime import timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction

from core import clock
from documents.models import Rendition
from documents.models.rendition import RenditionQuerySet
from documents.rendering import render_pdf, setting_of, sheet
from documents.storage import private_files
from documents.verification import checked
from documents.word.writing import docx_of
from jobs import leases

LEASE = timedelta(seconds=45)
RENEW_EVERY = 15  # seconds
AT_ONCE = 20  # files a sweep makes, so that other periodic work gets its turn

logger = logging.getLogger(__name__)


def render(rendition_id: int) -> bool:
    """Whether this call made the file; False when somebody else has it, it is done, or it failed."""
    rendition = claim(rendition_id)
    if rendition is None:
        return False
    try:
        with leases.renewed(partial(_latest, rendition), lease=LEASE, every=RENEW_EVERY):
            content = make(rendition)
        return _finish(rendition, content)
    except Exception as error:
        # the text may be in the message: only the kind of error is kept and logged
        logger.error(
            "文书文件 %s 第 %s 次生成失败：%s", rendition.pk, rendition.attempts, type(error).__name__
        )
        _latest(rendition).update(lease_until=None, error=f"排版没有完成（{type(error).__name__}）。")
        return False


def sweep() -> int:
    """Make what was left behind: nudges that got lost, workers that died. How many files were made."""
    waiting = Rendition.objects.waiting(clock.now()).order_by("pk").values_list("pk", flat=True)
    return sum(render(rendition_id) for rendition_id in waiting[:AT_ONCE])


@transaction.atomic
def claim(rendition_id: int) -> Rendition | None:
    """Take the row for one lease, unless it is done, taken, or given up."""
    waiting = Rendition.objects.waiting(clock.now()).select_for_update(skip_locked=True, of=("self",))
    rendition = waiting.select_related("version__document").filter(pk=rendition_id).first()
    if rendition is None:
        return None
    rendition.attempts += 1
    rendition.lease_until = clock.now() + LEASE
    rendition.save(update_fields=["attempts", "lease_until"])
    return rendition


def make(rendition: Rendition) -> bytes:
    version = rendition.version
    html = sheet(version.body, version.document.title, check=checked(version))
    if rendition.kind == Rendition.Kind.DOCX:
        return docx_of(version.body, version.document.title, setting_of(html))
    return render_pdf(html)


def _finish(rendition: Rendition, content: bytes) -> bool:
    """Write the file, then take credit for it; a claim that was overtaken removes its own file again."""
    files = private_files()
    name = files.save(_path(rendition, rendition.attempts), ContentFile(content))
    done = _latest(rendition).update(
        done_at=clock.now(),
        lease_until=None,
        error="",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        file=name,
    )
    stale = range(1, rendition.attempts) if done else [rendition.attempts]
    for attempt in stale:
        files.delete(_path(rendition, attempt))
    return bool(done)


def _latest(rendition: Rendition) -> RenditionQuerySet:
    return Rendition.objects.filter(pk=rendition.pk, attempts=rendition.attempts, done_at=None)


def _path(rendition: Rendition, attempt: int) -> str:
    key = str(rendition.version_id)
    return f"renditions/{key[:2]}/{key}-{attempt}.{rendition.kind}"
