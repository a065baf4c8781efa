"""工作稿: kept while somebody types, offered when they come back, gone with saving, issue and void."""

import json
import uuid
from datetime import timedelta

from django.conf import settings

from accounts.models import User
from core import clock
from documents.models import Document, WorkingCopy


def of(document: Document, person: User) -> list[WorkingCopy]:
    """What this person has typed into this paper and not saved, the newest first."""
    return list(WorkingCopy.objects.filter(document=document, person=person).order_by("-kept_at", "-pk"))


def write(
    document: Document, *, by: User, base_n: int, typed: dict[str, str], page: uuid.UUID, seen: str
) -> WorkingCopy:
    """自动保存. The caller holds the lock on the document. `seen` is the stamp that this page continues, if any.

    Where another page of the same person went on with it in between, this page keeps a copy of its own.
    """
    mine = own(document, by=by, page=page, seen=seen)
    mine = mine or WorkingCopy(document=document, person=by)
    mine.base_n, mine.page, mine.stamp, mine.kept_at = base_n, page, uuid.uuid4(), clock.now()
    mine.typed_json = json.dumps(typed, ensure_ascii=False)
    mine.save()
    return mine


def own(document: Document, *, by: User, page: uuid.UUID, seen: str) -> WorkingCopy | None:
    """The working copy of this page: what it kept itself, else what it was opened with and no other page changed."""
    found = of(document, by)
    kept = next((each for each in found if each.page == page), None)
    return kept or next((each for each in found if str(each.stamp) == seen), None)


def forget(document: Document, person: User | None = None) -> int:
    """Drop one person's copy of this paper, or everybody's: it was issued or voided."""
    found = WorkingCopy.objects.filter(document=document)
    removed, _ = (found.filter(person=person) if person else found).delete()
    return removed


def forget_old() -> int:
    """到期清除: what nobody came back to for thirty days."""
    before = clock.now() - timedelta(days=settings.WORKING_COPY_DAYS)
    removed, _ = WorkingCopy.objects.filter(kept_at__lt=before).delete()
    return removed
