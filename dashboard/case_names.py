"""案号 of the cases that addresses lead to: to-dos know no case, only its page."""

import re
from collections.abc import Iterable

from accounts.models import User
from cases.models import Case

ADDRESS = re.compile(r"/cases/([^/]+)/")


def names_of(user: User, addresses: Iterable[str]) -> dict[str, str]:
    """Address → 案号, for the cases that this user may see; one statement, none where nothing leads to a case."""
    codes = {address: found[1] for address in addresses if (found := ADDRESS.match(address))}
    if not codes:
        return {}
    cases = Case.objects.visible_to(user).filter(code__in=set(codes.values()))
    names = {case.code: str(case) for case in cases.only("code", "official_number")}
    return {address: names[code] for address, code in codes.items() if code in names}
