from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from jobs import probes


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Everything the office relies on answers; 503 and a sentence for each cause when something does not.

    `ok` is null where a check could not be made because of a cause that another one tells.
    """
    found = probes.run()
    is_bad = any(each.sentence != "" for each in found)
    return JsonResponse(
        {"status": "bad" if is_bad else "ok", "checks": [_told(each) for each in found]},
        status=503 if is_bad else 200,
    )


def _told(finding: probes.Finding) -> dict[str, str | bool | None]:
    asked = finding.sentence is not None
    return {
        "name": finding.name,
        "label": finding.label,
        "ok": not finding.sentence if asked else None,
        "sentence": finding.sentence or "",
    }
