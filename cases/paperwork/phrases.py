"""常用段落 of an office: ours and its own, which long field each fits, and the verbs that change the library."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from accounts.models import Organisation, User
from accounts.permissions import Permission
from cases.models import Case
from cases.paperwork.phrases_shipped import SHIPPED
from core.refusals import Refused
from documents.models import Phrase

Use = Phrase.Use
# which use a long field has, by its label in the catalogue; a field that is named nowhere takes what fits everywhere
USES = {
    Use.FACTS: "事实与理由 申请的事实与理由 查明的事实 案情概要 基本情况 事实和证据 纠纷事实 已经开展的工作",
    Use.REASONS: (
        "诉讼能力不足的情况 撤回原因 保全理由 生活困难情况 对方履行能力 经济困难情况 审查意见 具体理由 认定理由"
        " 法律分析 时效审查意见 必要性与自愿性 处理意见 不支持的理由 终结的理由 撤回的理由 社会意义 移送理由 责任承担"
        " 证据分析 违法情形或者隐患 释法说理 争议事项和责任 本院认为"
    ),
    Use.BASIS: "请求依据",
    Use.ADVICE: "其他途径",
}
USE_OF = {label: use for use, labels in USES.items() for label in labels.split()}
PERSONAL = {
    "公民身份号码": re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"),
    "手机号码": re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"),
    "银行卡号": re.compile(r"(?<!\d)\d{16,19}(?!\d)"),
}
MANAGERS = (Permission.EXAMINE, Permission.REFERENCE_MANAGE)


@dataclass(frozen=True)
class Entry:
    """一个段落 as it counts now; `n` is 0 while the office has not changed ours."""

    entry: str
    n: int
    kind: Phrase.Kind
    title: str
    text: str
    use: Phrase.Use
    papers: tuple[str, ...]
    is_retired: bool = False
    made_by: str = "随系统提供"
    made_at: datetime | None = None

    def fits(self, paper: str, label: str) -> bool:
        """Whether it is offered in this field of this paper."""
        is_for_paper = not self.papers or paper in self.papers
        # an article can be cited wherever reasons or facts are given, but in no list of articles
        use = USE_OF.get(label)
        return is_for_paper and (self.use == use or (self.use == Use.ANY and use in (Use.REASONS, Use.FACTS)))


def library(organisation: Organisation) -> list[Entry]:
    """Every entry by its newest version, ours first; retired ones too."""
    own = Phrase.objects.filter(organisation=organisation).select_related("made_by").order_by("n")
    newest = {row.entry: _own(row) for row in own}
    shipped = [newest.pop(each.entry, _shipped(each)) for each in SHIPPED]
    return shipped + sorted(newest.values(), key=lambda each: (each.kind, each.title))


def offered(organisation: Organisation) -> list[Entry]:
    return [each for each in library(organisation) if not each.is_retired]


def find(organisation: Organisation, entry: str) -> Entry | None:
    return next((each for each in library(organisation) if each.entry == entry), None)


def why_not_manage(user: User) -> str:
    """管理常用段落: 部门负责人 and who keeps the reference data."""
    return "" if any(user.may(each) for each in MANAGERS) else "只有部门负责人和系统管理员可以管理常用段落。"


def why_not_add(user: User) -> str:
    """存为常用段落: also those who write papers."""
    return "" if user.may(Permission.CASE_HANDLE) else why_not_manage(user)


@transaction.atomic
def add(*, by: User, case: Case | None = None, **said: Any) -> Phrase:
    """新增段落 for the whole office. Refused where it names people of the case, or anybody's number."""
    if reason := why_not_add(by):
        raise Refused(reason)
    return _write(by, entry=uuid4().hex, expected_n=0, case=case, **said)


@transaction.atomic
def change(entry: str, *, expected_n: int, by: User, **said: Any) -> Phrase:
    """修改段落: a new version; papers that took the old one keep their words."""
    if reason := why_not_manage(by):
        raise Refused(reason)
    _known(entry, by.organisation)
    return _write(by, entry=entry, expected_n=expected_n, **said)


@transaction.atomic
def retire(entry: str, *, expected_n: int, by: User) -> Phrase:
    """停用段落: no longer offered; changing it brings it back."""
    if reason := why_not_manage(by):
        raise Refused(reason)
    now = _known(entry, by.organisation)
    if now.is_retired:
        raise Refused(f"“{now.title}”已经停用。")
    said: dict[str, Any] = {
        "kind": now.kind,
        "title": now.title,
        "text": now.text,
        "use": now.use,
        "papers": now.papers,
    }
    return _write(by, entry=entry, expected_n=expected_n, is_retired=True, **said)


def personal(text: str, case: Case | None = None) -> str:
    """Whose name or number a phrase must not carry, as a sentence; empty where there is none."""
    for what, pattern in PERSONAL.items():
        if pattern.search(text):
            return f"段落里有{what}。常用段落全院共用，请删去后再存。"
    for name in _names(case) if case else ():
        if name in text:
            return f"段落里有本案当事人“{name}”。常用段落全院共用，请改成“申请人”“被申请人”再存。"
    return ""


def _names(case: Case) -> list[str]:
    people = case.claimants.select_related("person")
    opponents = case.respondents.select_related("company", "person")
    names = [each.person.name for each in people] + [each.name for each in opponents]
    return [name for name in names if len(name) > 1]


def _known(entry: str, organisation: Organisation) -> Entry:
    found = find(organisation, entry)
    if found is None:
        raise Refused("没有这个段落，请在列表里选。")
    return found


def _write(
    by: User, *, entry: str, expected_n: int, case: Case | None = None, text: str, **said: Any
) -> Phrase:
    if sentence := personal(text, case):
        raise Refused(sentence)
    organisation = Organisation.objects.select_for_update().get(pk=by.organisation_id)
    newest = Phrase.objects.filter(organisation=organisation, entry=entry).order_by("n").last()
    if (newest.n if newest else 0) != expected_n:
        raise Refused("这个段落刚被别人改过，请刷新后再改。")
    said["papers"] = list(said.get("papers", ()))
    return Phrase.objects.create(
        organisation=organisation, entry=entry, n=expected_n + 1, text=text, made_by=by, **said
    )


def _own(row: Phrase) -> Entry:
    return Entry(
        row.entry,
        row.n,
        Phrase.Kind(row.kind),
        row.title,
        row.text,
        Use(row.use),
        tuple(row.papers),
        row.is_retired,
        row.made_by.name,
        row.made_at,
    )


def _shipped(each: Any) -> Entry:
    return Entry(each.entry, 0, each.kind, each.title, each.text, each.use, each.papers)
