"""Signing in and out. The only place where a session begins, ends or changes its password."""

from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import transaction

from accounts import lockout
from accounts.http import Request
from accounts.models import User
from audit.log import record
from audit.models import Verb
from core import clock


def begin(request: Request, *, username: str, password: str) -> str:
    """登录. Returns why not, in one sentence that is the same whether or not the account exists; empty when signed in.

    Nothing is raised: the failure must stay on record.
    """
    with transaction.atomic():
        lockout.one_guess_at_a_time(username)
        if minutes := lockout.minutes_left(request, username):
            return _closed(minutes)
        user = authenticate(request, username=username, password=password)
        if not isinstance(user, User):
            return _refuse(request, username)
        _open(request, user)
    return ""


def forget_expired() -> int:
    """Remove sessions that nobody can use any more; runs with the periodic work. Returns how many."""
    deleted, _ = Session.objects.filter(expire_date__lt=clock.now()).delete()
    return deleted


def end(request: Request) -> None:
    """退出."""
    record(request.user, Verb.SIGN_OUT, str(request.user), request=request)
    logout(request)


@transaction.atomic
def change_password(request: Request, *, password: str) -> None:
    """修改密码: every other session of this person ends; this one goes on under a new key."""
    user = User.objects.select_for_update().get(pk=request.user.pk)
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record(user, Verb.RIGHTS_CHANGED, str(user), str(user.pk), detail="修改密码", request=request)
    update_session_auth_hash(request, user)


def _open(request: Request, user: User) -> None:
    before = user.last_login
    login(request, user)
    now = clock.now()
    if before:
        request.session["last_sign_in"] = f"{before.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"
    request.session["signed_in_at"] = request.session["active_at"] = now.timestamp()
    User.objects.filter(pk=user.pk).update(last_seen=now)
    record(user, Verb.SIGN_IN, str(user), request=request)


def _refuse(request: Request, username: str) -> str:
    known = User.objects.filter(username=username).first()
    record(known, Verb.SIGN_IN_FAILED, str(known or "未知用户"), detail="用户名或密码不对", request=request)
    if left := lockout.attempts_left(request, username):
        return f"用户名或密码不对，请核对后重填。再错 {left} 次，将锁定 30 分钟。"
    return _closed(lockout.minutes_left(request, username))


def _closed(minutes: int) -> str:
    return f"密码错误次数过多，已锁定，请 {minutes} 分钟后再试，或联系系统管理员。"
