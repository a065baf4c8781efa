"""送审内容的摘要: what is approved is fixed when it is submitted, and compared each time somebody agrees (T40).

Matters that move the stage cover the whole claim: parties, sums, consent, review and the text of the letter.
The others (suspension, extension, withdrawal of support) run beside work that goes on, so they cover the proposal only.
Numbers, dates of decision and seals come later and are not part of it (decisions.md 3).
"""

import hashlib
import json
from typing import Any

from cases.models import Case, Claimant, Proposal, Review
from cases.workflow import STAGE_MATTERS, Matter

PROPOSED = ("matter", "reasons", "ground", "court", "days", "starts_on", "target_id")
REVIEWED = (
    "legal_track",
    "track_reasons",
    "limitation_from",
    "limitation_expires_on",
    "limitation_note",
    "iou_exception",
    "facts_found",
    "evidence_opinion",
    "legal_opinion",
    "necessity",
    "risks",
)


def digest(case: Case, proposal: Proposal) -> str:
    """SHA-256 over the canonical facts of a proposal as the database holds them now."""
    facts: dict[str, Any] = {"case": case.code, "proposal": [getattr(proposal, name) for name in PROPOSED]}
    if Matter(proposal.matter) in STAGE_MATTERS:
        facts |= _claim(case) | _review(case)
    if proposal.document is not None:
        facts["letter"] = proposal.document.latest.content_hash
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _claim(case: Case) -> dict[str, Any]:
    claimants = case.claimants.standing().select_related("person").prefetch_related("items", "consents")
    respondents = case.respondents.select_related("company", "person").order_by("pk")
    return {
        "cause": [case.category, case.cause, case.facts, case.request, case.intended_court],
        "claimants": [_claimant(each) for each in claimants.order_by("pk")],
        "respondents": [[r.pk, r.name, r.position, r.is_defendant] for r in respondents],
    }


def _claimant(claimant: Claimant) -> list[Any]:
    items = [[i.kind, i.period_from, i.period_to, i.due, i.paid] for i in claimant.items.all()]
    return [claimant.pk, claimant.person.name, items, [str(word) for word in claimant.consents.all()]]


def _review(case: Case) -> dict[str, Any]:
    review = Review.objects.filter(case=case).first()
    if review is None:
        return {}
    checks = review.checks.order_by("question").values_list("question", "answer", "note")
    return {"review": [getattr(review, name) for name in REVIEWED], "checks": [list(c) for c in checks]}
