"""支持起诉书 (domain.md §5.3 C): the paper that a court gets. The office is no plaintiff and fixes no award."""

import re
from dataclasses import dataclass
from typing import Any

from cases.paperwork.catalogue import Copy, Group, Signed, declare
from cases.paperwork.parts import FEW, taken, typed
from cases.paperwork.parts_court import Suit
from cases.workflow import IN_COURT, Stage
from documents.wording.vocabulary import worded

BASIS = "《中华人民共和国民事诉讼法》第十五条"
ENCLOSURES = ("支持起诉申请书", "民事起诉状", "证据材料目录")
AWARD = re.compile(r"(判令|判决|裁决|责令)[^。；]{0,60}?[\d,.]+\s*万?元")
INTERIM = re.compile(r"(请求|提请|建议|(?<!申)请)[^。；]{0,20}?(财产保全|查封|扣押|冻结|先予执行)")
PLAINTIFF = re.compile(r"(本院|检察院|检察机关)[^。；，]{0,10}?(作为|系|是)(本案)?(共同)?原告")


@dataclass(frozen=True, kw_only=True)
class SupportLetter(Suit):
    """支持起诉书的要素. Parties and sums are those of the claim table; number and date come at issue."""

    origin: str = taken("案件来源", "origin_words", required=True, is_long=True)
    found: str = taken("查明的事实", "facts_found", required=True, is_long=True)
    evidence: str = taken("证据", "evidence_words", required=True, is_long=True)
    opinion: str = taken("本院认为", "support_opinion", required=True, is_long=True)
    basis: str = typed("法律依据", BASIS, required=True)
    enclosures: tuple[str, ...] = typed("附项", ENCLOSURES)

    @property
    @worded("申请人简称")
    def who(self) -> str:
        """王建国; 王建国、李志强; 王建国等15人."""
        names = [worker.name for worker in self.workers]
        return f"{names[0]}等{len(names)}人" if len(names) > FEW else "、".join(names)


def oversteps(facts: Any) -> list[str]:
    """Why the letter says more than it may (支持起诉书不得代替法院确定判付金额、不得申请保全、本院不是原告)."""
    both = f"{facts.opinion}\n{facts.found}"
    sentences = (
        (AWARD, both, "支持起诉书不能写明法院应判的金额。请删去“{}”，改为请求依法审理。"),
        (INTERIM, facts.opinion, "支持起诉书不能申请保全或者先予执行。请删去“{}”，需要时由申请人另行申请。"),
        (PLAINTIFF, both, "检察院支持起诉，不是原告。请改写“{}”。"),
    )
    return [words.format(match[0]) for pattern, said, words in sentences if (match := pattern.search(said))]


def older(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts of letters made before 2026-12: applicants and 欠薪明细 were two lists, in one order."""
    if "applicants" not in facts:
        return facts
    sums = [*facts.get("arrears", []), *({} for _ in facts["applicants"])]
    people = zip(facts["applicants"], sums, strict=False)
    return facts | {"workers": [person | owed for person, owed in people]}


SUPPORT_LETTER = declare(
    "support_letter",
    "支持起诉书",
    SupportLetter,
    group=Group.DECISION,
    signed=Signed.SEAL,
    copies=(Copy("人民法院"), Copy("被告", each=True), Copy("申请人", each=True), Copy("存档", 2)),
    stages=IN_COURT | {Stage.REVIEW},  # after the decision: written anew where the first one was void
    series="case",
    version="2026-12-2",
    note="起草后随“支持起诉”送审，审批同意时按案号签发；名称由本院设定。",
    counted=("origin", "found", "evidence", "opinion"),
    oversteps=oversteps,
    older=older,
).paper
