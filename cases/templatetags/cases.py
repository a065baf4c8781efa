from typing import Any

from django import template
from django.template import RequestContext

from cases.header import head_of
from cases.models import Case

register = template.Library()


@register.inclusion_tag("cases/header.html", takes_context=True)
def case_header(context: RequestContext, case: Case) -> dict[str, Any]:
    """The sticky head of a case page: number, stage, clock, parties, sum, next step, steps, anchors."""
    return {
        "case": case,
        "head": head_of(case, context["request"].user),
        "anchors": context.get("anchors"),
    }
