from typing import Any

from django import template

from cases.models import Case

register = template.Library()


@register.inclusion_tag("cases/header.html")
def case_header(case: Case) -> dict[str, Any]:
    """The sticky head of a case page: number, stage, parties."""
    return {"case": case}
