"""工作稿: kept while somebody types, offered when they come back, gone with saving, issue and void."""

import json
import uuid
from datetime import timedelta

from django.conf import settings

from accounts.models import User
from core import clock
from core.refusals import Refused
from documents.models import Document, WorkingCopy

ELSEWHERE = "这份文书在另一个窗口里还有没保存的修改，本页不自动保存。请先在那边保存，或者刷新本页再选。"


def of(document: Document, person: User) -> WorkingCopy | None:
    return WorkingCopy.objects.filter(document=document, person=person).first()


def write(
    document: Document, *, by: User, base_n: int, typed: dict[str, str], page: uuid.UUID, seen: str
) -> WorkingCopy:
    """自动保存. The caller holds the lock on the document. `seen` is the stamp that this page continues, if any.

    Refused where another page of the same person wrote in between: neither window overwrites the other.
    """
    mine = own(document, by=by, page=page, seen=seen)
    mine = mine or WorkingCopy(document=document, person=by)
    mine.base_n, mine.page, mine.stamp, mine.kept_at = base_n, page, uuid.uuid4(), clock.now()
    mine.typed_json = json.dumps(typed, ensure_ascii=False)
    mine.save()
    return mine


def own(document: Document, *, by: User, page: uuid.UUID, seen: str) -> WorkingCopy | None:
    """The working copy that this page may change; None where there is none yet, Refused where it is another's."""
    found = WorkingCopy.objects.select_for_update().filter(document=document, person=by).first()
    if found and found.page != page and str(found.stamp) != seen:
        raise Refused(ELSEWHERE)
    return found


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
