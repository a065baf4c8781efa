"""文书文本 of an office: its own words or those that we ship, changed with a reason, checked before they count."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import Organisation, User
from core.refusals import Refused
from documents.declaring import Paper
from documents.models import Document, Wording
from documents.wording import checking, composing, grammar
from documents.wording.grammar import LONGEST
from documents.wording.markup import html_of

__all__ = ["LONGEST"]

SHARED = re.compile(r"^\{引 (\w+)\}\n?", re.MULTILINE)


def written(paper: Paper, document: Document, facts: Any) -> tuple[str, str]:
    """The body with these facts, and the version of the words that it was made with."""
    words, version = current(paper, document.organisation)
    return composed(words, document.title, facts), version


def composed(words: str, title: str, facts: Any) -> str:
    """The body of a paper with these words. `grammar.Fault` where they cannot be read."""
    return html_of(composing.compose(grammar.parse(words), facts), title=title, office=facts.office)


def current(paper: Paper, organisation: Organisation) -> tuple[str, str]:
    """The words that count for this office, and their version: `2026-12`, or `本院-3`."""
    own = newest(paper, organisation)
    if own is None or not own.text:
        return shipped(paper.template), paper.template_version
    return own.text, f"本院-{own.n}"


def newest(paper: Paper, organisation: Organisation) -> Wording | None:
    return Wording.objects.filter(organisation=organisation, kind=paper.key).order_by("n").last()


@cache
def shipped(path: str) -> str:
    """The words that come with the program. A line `{引 名}` stands for `common/名.txt` beside them: what many papers
    say alike is written once. An office gets the whole text, and has no such lines in its own.
    """
    file = Path(settings.BASE_DIR) / "templates" / path
    words = file.read_text("utf-8")
    return SHARED.sub(lambda found: (file.parent / "common" / f"{found[1]}.txt").read_text("utf-8"), words)


@transaction.atomic
def change(
    paper: Paper, organisation: Organisation, *, words: str, reason: str, expected_n: int, by: User
) -> Wording:
    """修改文本: the office's own words from now on; refused with every fault by its line."""
    words = words.replace("\r\n", "\n").strip()
    if not words:
        raise Refused("文本是空的。要恢复通用文本，请点“恢复通用文本”。")
    if found := checking.faults(words, paper.facts):
        raise Refused(" ".join(found))
    return _add(paper, organisation, words=words, reason=reason, expected_n=expected_n, by=by)


@transaction.atomic
def restore(paper: Paper, organisation: Organisation, *, reason: str, expected_n: int, by: User) -> Wording:
    """恢复通用文本: the words that we ship, also as they will be with later versions."""
    own = newest(paper, organisation)
    if own is None or not own.text:
        raise Refused("现在用的就是通用文本，不用恢复。")
    return _add(paper, organisation, words="", reason=reason, expected_n=expected_n, by=by)


def _add(
    paper: Paper, organisation: Organisation, *, words: str, reason: str, expected_n: int, by: User
) -> Wording:
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    own = newest(paper, organisation)
    if (own.n if own else 0) != expected_n:
        raise Refused("这份文本刚被别人改过，请刷新后再改。")
    if not reason.strip():
        raise Refused("还没填修改原因。")
    return Wording.objects.create(
        organisation=organisation,
        kind=paper.key,
        n=expected_n + 1,
        text=words,
        reason=reason.strip(),
        made_by=by,
    )
