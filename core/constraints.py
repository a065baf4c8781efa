"""From a violated constraint to the sentence for the screen.

`violation_error_message` speaks only in `full_clean()`; a verb that calls `.create()` gets an IntegrityError.
"""

from functools import cache

from django.apps import apps
from django.db import IntegrityError
from django.db.models import BaseConstraint

_registered: dict[str, str] = {}


def register(sentences: dict[str, str]) -> None:
    """Give constraints (or unique columns, by their name in the database) a sentence; at start-up."""
    _registered.update(sentences)


def sentence_for(error: IntegrityError) -> str | None:
    """The sentence of the constraint that refused; None when it is one that no user can run into."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    return _registered.get(name) or _of_models().get(name) if name else None


def own_sentence(constraint: BaseConstraint) -> str:
    """What the constraint's author wrote, if anything."""
    if constraint.violation_error_message == BaseConstraint.default_violation_error_message:
        return ""
    return str(constraint.violation_error_message)


def without_sentence() -> list[str]:
    """Names of our models' constraints that could only be answered with a server error."""
    return sorted(
        constraint.name
        for constraint in _constraints()
        if constraint.name not in _registered and not own_sentence(constraint)
    )


def _constraints() -> list[BaseConstraint]:
    return [constraint for model in apps.get_models() for constraint in model._meta.constraints]


@cache
def _of_models() -> dict[str, str]:
    return {each.name: sentence for each in _constraints() if (sentence := own_sentence(each))}
