from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import require
from accounts.http import Request
from accounts.permissions import Permission
from cases import people
from core.http import leave
from core.text import tidy


@require_http_methods(["GET", "POST"])
@require(Permission.CASE_SEE)
def search(request: Request) -> HttpResponse:
    """全局检索: the case list over all of the office's cases, by number, name, unit, pinyin.

    It comes by POST, because a whole ID or phone number must not stand in an address; such a search is on record.
    """
    if request.method == "GET":
        return leave(request, f"{reverse('cases:list')}?view=all")
    text = tidy(request.POST.get("q", ""))
    found = people.search(text, by=request.user, request=request)
    query = (
        {"view": "all", "q": text} if found is None else {"view": "all", "person": ",".join(map(str, found))}
    )
    return leave(request, f"{reverse('cases:list')}?{urlencode(query)}")
