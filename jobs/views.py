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
    """Everything the office relies on answers; 503 and a sentence when something does not."""
    found = probes.run()
    bad = [finding for finding in found if finding.sentence]
    checks = [
        {"name": each.name, "label": each.label, "ok": not each.sentence, "sentence": each.sentence}
        for each in found
    ]
    return JsonResponse({"status": "bad" if bad else "ok", "checks": checks}, status=503 if bad else 200)
