from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from accounts.access import require
from accounts.http import Request
from accounts.permissions import Permission


@require(Permission.ACCOUNTS_MANAGE, Permission.RIGHTS_MANAGE)
@require_GET
def settings_home(request: Request) -> HttpResponse:
    """To the first page of 设置 that this administrator has."""
    manages = request.user.may(Permission.ACCOUNTS_MANAGE)
    return redirect("accounts:users" if manages else "accounts:rights")
