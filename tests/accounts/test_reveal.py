import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from accounts.permissions import Permission
from accounts.reveal import respond, reveal
from audit.models import Entry, Verb
from core.refusals import Refused

WHAT = {"label": "案件 150902-2026-0016 申请人", "object_id": "42", "field": "手机号"}


def asked(user, method="post", **data):
    request = getattr(RequestFactory(), method)("/cases/x/phone/", data)
    request.user, request.htmx, request.COOKIES = user, HtmxDetails(request), {}
    return request


def answer(request, clear=lambda: "13800138000", **kwargs):
    return respond(request, **WHAT, masked="138****8000", clear=clear, **kwargs)


def test_a_reveal_is_on_record_with_its_reason(prosecutor):
    reveal(prosecutor, **WHAT, reason="contact", request=asked(prosecutor))

    entry = Entry.objects.get()
    assert (entry.verb, entry.target_label, entry.target_id) == (Verb.REVEAL, WHAT["label"], "42")
    assert (entry.detail, entry.ip) == ("手机号：联系当事人、通知到庭", "127.0.0.1")


@pytest.mark.parametrize("reason", ["", "  ", "核对一下", "\u200b" * 9])
def test_a_reveal_wants_a_reason(prosecutor, reason):
    with pytest.raises(Refused, match="查看理由至少 5 个字"):
        reveal(prosecutor, **WHAT, reason=reason, request=asked(prosecutor))

    assert Entry.objects.count() == 0


@pytest.mark.parametrize("who", ["city", "legalaid", "mediator", "sysadmin", "security", "auditor"])
def test_nobody_reveals_without_the_right(cast, who):
    user = getattr(cast, who)
    with pytest.raises(PermissionDenied):
        answer(asked(user, reason="contact"))

    assert [e.verb for e in Entry.objects.all()] == [Verb.DENIED]


@pytest.mark.parametrize(
    ("who", "sees"), [("prosecutor", True), ("clerk", True), ("assistant", False), ("chief", False)]
)
def test_bank_cards_are_for_the_handler_and_the_clerk(cast, who, sees):
    request = asked(getattr(cast, who), reason="payment")
    if sees:
        assert answer(request, needs=Permission.BANK_SEE).status_code == 200
    else:
        with pytest.raises(PermissionDenied):
            answer(request, needs=Permission.BANK_SEE)


def test_get_asks_for_the_reason_and_shows_nothing(prosecutor):
    response = answer(asked(prosecutor, "get"), clear=lambda: pytest.fail("shown without a reason"))

    assert "13800138000" not in response.content.decode()
    assert "联系当事人、通知到庭" in response.content.decode()
    assert Entry.objects.count() == 0


def test_post_shows_the_value_for_sixty_seconds_and_nobody_keeps_it(prosecutor):
    response = answer(asked(prosecutor, reason="contact"))

    assert 'data-seconds="60"' in response.content.decode()
    assert "13800138000" in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store, private"


def test_the_entry_is_written_before_the_value_is_read(prosecutor):
    response = answer(asked(prosecutor, reason="contact"), clear=lambda: str(Entry.objects.count()))

    assert ">1<" in response.content.decode()


def test_no_record_no_value(prosecutor, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError

    monkeypatch.setattr("accounts.reveal.record", broken)

    with pytest.raises(OSError):  # noqa: PT011
        answer(asked(prosecutor, reason="contact"), clear=lambda: pytest.fail("shown without a record"))


def test_nobody_without_the_right_is_even_asked_for_a_reason(legalaid):
    with pytest.raises(PermissionDenied):
        answer(asked(legalaid, "get"))
