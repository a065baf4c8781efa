"""Text of a paper (文书正文): what is approved and what is issued, with two places left open for number and date.

The places are HTML comments. What people type is escaped when the body is written and cannot forge one, so the
approved text needs no second rendering at issue: what was approved is, to the letter, what is issued.
"""

import hashlib
import json
import re
from datetime import date
from typing import Any

from django.utils.html import escape

from documents.conventions import paper_day

TO_FILL = re.compile(r"【待填：([^】]*)】")
NUMBER, DAY = "<!--number-->", "<!--day-->"


def stamp(body: str, number: str, issued_on: date) -> str:
    """The text with its number and date."""
    return body.replace(NUMBER, escape(number)).replace(DAY, escape(paper_day(issued_on)))


def unfilled(body: str) -> list[str]:
    """Labels of what the text itself still shows as 待填: a fact that its words name and nobody knows (any more)."""
    return list(dict.fromkeys(TO_FILL.findall(body)))


def digest(facts_json: str, body: str, template_version: str) -> str:
    """What is approved: SHA-256 of facts, text and template version, without number, date and seal."""
    content = json.dumps([facts_json, body, template_version], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def parsed(facts_json: str) -> dict[str, Any]:
    return json.loads(facts_json)
