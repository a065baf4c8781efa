"""自动保存 of what is typed into a paper: kept while it differs from the saved draft, offered to who comes back."""

import uuid
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from accounts.models import User
from cases.models import Case
from cases.paperwork import policy
from cases.paperwork.forms import PaperForm, form_of, initial_of
from documents import papers, working_copies
from documents.models import Document, Version, WorkingCopy


@transaction.atomic
def keep(case: Case, document: Document, form: PaperForm, *, by: User) -> WorkingCopy | None:
    """自动保存: what stands in the form, letter by letter; None where it says what is saved anyway.

    The lock lets a save on its way finish first, so that its words are not kept a second time.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    if policy.why_not_write(case, by, document):
        return None
    page, seen = form.page_key, form.seen
    if not differs(form, papers.facts_of(document.latest)):
        if mine := working_copies.own(document, by=by, page=page, seen=seen):
            mine.delete()
        return None
    return working_copies.write(document, by=by, base_n=form.base_n, typed=form.typed, page=page, seen=seen)


def differs(form: PaperForm, facts: Any) -> bool:
    """Whether the form says anything that these facts do not: also what cannot be read yet (a half-typed day)."""
    unread = [name for name in form.errors if name in form.typed]
    return bool(unread) or replace(facts, **form.readable) != facts


@transaction.atomic
def forget_saved(document: Document, *, page: uuid.UUID, seen: str, by: User) -> None:
    """保存以后: the copy of the page that saved, or that it was opened with, is gone; another window's stays."""
    for mine in working_copies.of(document, by):
        if mine.page == page or str(mine.stamp) == seen or not _offers(mine, document.latest):
            mine.delete()


@dataclass(frozen=True)
class Unsaved:
    """One field in which a working copy differs from the saved draft."""

    label: str
    mine: str
    saved: str


@dataclass(frozen=True)
class Offer:
    """未保存的修改, offered to the person who typed it."""

    copy: WorkingCopy
    fields: list[Unsaved]
    is_stale: bool  # somebody saved a newer draft since

    @property
    def kept_at(self) -> Any:
        return self.copy.kept_at


def offers(document: Document, latest: Version, person: User) -> list[Offer]:
    """What this person typed and never saved, newest first; none where there is nothing that the draft does not say."""
    found = [(mine, _offers(mine, latest)) for mine in working_copies.of(document, person)]
    return [Offer(mine, fields, mine.base_n != latest.n) for mine, fields in found if fields]


def gone_on_with(found: list[Offer], asked: str | None) -> Offer | None:
    """The one with which an opened page goes on: the one `asked` for, else the newest of the draft that stands."""
    if asked:
        return next((each for each in found if str(each.copy.pk) == asked), None)
    return next((each for each in found if not each.is_stale), None)


def _offers(mine: WorkingCopy, latest: Version) -> list[Unsaved]:
    facts = papers.facts_of(latest)
    saved = form_of(type(facts))(initial=initial_of(facts))
    return [
        Unsaved(str(field.label), _short(typed), _short(before))
        for name, typed in mine.typed.items()
        if (field := saved.fields.get(name)) and _plain(typed) != (before := _plain(saved[name].value()))
    ]


def _plain(value: Any) -> str:
    return "\n".join(str("" if value is None else value).split("\r\n")).strip()


def _short(text: str) -> str:
    return (text if len(text) <= 60 else f"{text[:60]}…") or "（空）"
