from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import people
from accounts.access import get_or_404, require
from accounts.forms import UserForm
from accounts.http import Request
from accounts.models import User
from accounts.permissions import GRANTS, PERMISSION_NAMES, Permission, Role
from core.http import leave, page
from core.refusals import Refused
from core.text import tidy

PER_PAGE = 50
EDITED = ("name", "organisation", "role", "department", "phone", "is_active")
manages = require(Permission.ACCOUNTS_MANAGE)


@manages
@require_GET
def user_list(request: Request) -> HttpResponse:
    query = tidy(request.GET.get("q", ""))
    users = (
        User.objects.visible_to(request.user)
        .select_related("organisation")
        .order_by("organisation__path", "pk")
    )
    if query:
        users = users.filter(
            Q(name__icontains=query) | Q(username__icontains=query) | Q(organisation__name__icontains=query)
        )
    users_page = Paginator(users, PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "accounts/users.html", {"users": users_page, "query": query})


@manages
@require_http_methods(["GET", "POST"])
def user_new(request: Request) -> HttpResponse:
    form = UserForm(request.POST or None, by=request.user)
    if form.is_valid():
        try:
            user, password = people.open_account(**form.facts, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _password_once(request, user, password)
    status = 422 if request.method == "POST" else 200
    return page(request, "accounts/user.html", {"form": form, "person": None}, status=status)


@manages
@require_http_methods(["GET", "POST"])
def user_edit(request: Request, pk: int) -> HttpResponse:
    person = get_or_404(User.objects.visible_to(request.user), request.user, request, pk=pk)
    initial = {name: getattr(person, name) for name in EDITED}
    form = UserForm(request.POST or None, initial=initial, by=request.user, changing=True)
    if form.is_valid():
        try:
            people.change_account(person, **form.facts, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已保存")
            return leave(request, "accounts:users")
    status = 422 if request.method == "POST" else 200
    return page(request, "accounts/user.html", {"form": form, "person": person}, status=status)


@manages
@require_POST
def user_password(request: Request, pk: int) -> HttpResponse:
    person = get_or_404(User.objects.visible_to(request.user), request.user, request, pk=pk)
    try:
        password = people.reset_password(person, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return leave(request, "accounts:users")
    return _password_once(request, person, password)


@require(Permission.RIGHTS_MANAGE, Permission.ACCOUNTS_MANAGE)
@require_GET
def rights(request: Request) -> HttpResponse:
    """权限表: every role and what it may do, as it stands in the program."""
    table = [
        (name, [(role.label, permission in GRANTS[role]) for role in Role])
        for permission, name in PERMISSION_NAMES.items()
    ]
    return page(request, "accounts/rights.html", {"roles": Role.labels, "table": table})


@never_cache
def _password_once(request: Request, user: User, password: str) -> HttpResponse:
    """The answer to the POST itself: reloading sends the form again, and the address knows nothing."""
    return render(request, "accounts/user_password.html", {"person": user, "password": password})
