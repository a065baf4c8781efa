"""核验页, open to everybody who holds a paper."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import Request
from documents.verification import verdict_of


@login_not_required
@require_safe
def verify(request: Request, key: uuid.UUID) -> HttpResponse:
    """核验: title, number, office, day, valid or void, and the SHA-256 of the file; 404 where the code is not ours."""
    verdict = verdict_of(key)
    return render(request, "documents/verify.html", {"verdict": verdict}, status=200 if verdict else 404)
