"""事由 on paper: chosen by its full words, said in a sentence without the remark that helps to choose it."""

import re
from typing import Any

from django.db.models import TextChoices

from documents.declaring import Older

REMARK = re.compile(r"（[^（）]*）$")
NOT_SAID = "其他"  # 其他情形 says nothing in a sentence: the reasons beside it do


def labels_of(grounds: type[TextChoices]) -> tuple[str, ...]:
    return tuple(str(label) for label in grounds.labels)


def in_a_sentence(label: str) -> str:
    """The words of a ground as a paper says them."""
    return "" if label.startswith(NOT_SAID) else REMARK.sub("", label)


def read_grounds(labels: tuple[str, ...]) -> Older:
    """Drafts made before the ground could be chosen kept it as it is said: the same ground by its full words."""

    def read(facts: dict[str, Any]) -> dict[str, Any]:
        said = facts.get("ground", "")
        full = next((label for label in labels if said and said in (label, in_a_sentence(label))), said)
        return facts | {"ground": full}

    return read
