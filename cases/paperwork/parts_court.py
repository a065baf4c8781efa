"""Parts that papers for court and board share (诉讼文书的共同要素)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.paperwork.parts import FEW, Head, Respondents, Workers, taken, typed
from cases.paperwork.rows import Claim
from documents.wording.vocabulary import worded

WAGE = "欠付工资"


@dataclass(frozen=True, kw_only=True)
class ToCourt(Head):
    """致送法院."""

    court: str = taken("致送法院", "court", required=True)


@dataclass(frozen=True, kw_only=True)
class Parties(Head, Workers, Respondents):
    """双方当事人 with their data."""


@dataclass(frozen=True, kw_only=True)
class Suit(Parties, ToCourt):
    """双方当事人, before which court."""


@dataclass(frozen=True, kw_only=True)
class Complaint(Suit):
    """起诉状: 双方的住所要写明 (民诉法124条). Who has no 住所 on record keeps it from being complete."""

    def rows_lack(self) -> dict[str, str]:
        found = {}
        if homeless := [each.name for each in self.workers if not each.address.strip()]:
            found["workers"] = _of_whom("申请人住址", homeless if len(self.workers) > 1 else [])
        if homeless := [each.name for each in self.respondents if not each.address.strip()]:
            found["respondents"] = _of_whom("被申请人住所", homeless)
        return found


def _of_whom(label: str, names: list[str]) -> str:
    """被申请人住所（甲公司、乙公司）; of many the first and how many; of a paper of one, no name."""
    if not names:
        return label
    whose = "、".join(names) if len(names) <= FEW else f"{names[0]}等{len(names)}人"
    return f"{label}（{whose}）"


@dataclass(frozen=True, kw_only=True)
class InCourt:
    """法院案号, where the court has the case already."""

    court_number: str = taken("法院案号", "court_number")


@dataclass(frozen=True, kw_only=True)
class Claims:
    """诉讼请求 by kind, over all workers."""

    claims: tuple[Claim, ...] = taken("请求", "claims", (), required=True)

    def of_kinds(self, *kinds: str) -> Decimal | None:
        """Σ of these kinds in yuan; None where none of them is claimed."""
        found = [claim.owed for claim in self.claims if claim.kind in kinds]
        return sum(found, Decimal(0)) if found else None


@dataclass(frozen=True, kw_only=True)
class Told:
    """事实与理由, as the worker tells them."""

    facts: str = taken("事实与理由", "application_facts", required=True, is_long=True)


@dataclass(frozen=True, kw_only=True)
class ProofNames:
    """证据 by name alone."""

    proofs: tuple[str, ...] = taken("证据名称", "proof_names", ())


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """执行依据: which judgment, when made and effective."""

    judgment_kind: str = taken("裁判文书种类", "judgment_kind", required=True)
    judgment_number: str = taken("裁判文书号", "judgment_number", required=True)
    judged_on: date | None = taken("裁判日期", "judged_on", None, required=True)
    effective_on: date | None = taken("生效日期", "effective_on", None, required=True)


@dataclass(frozen=True, kw_only=True)
class Clues:
    """财产线索."""

    clues: str = typed(
        "财产线索",
        required=True,
        is_long=True,
        hint="银行账户、应收工程款、不动产、车辆、股权等；写明名称、号码、所在地",
    )


@dataclass(frozen=True, kw_only=True)
class Agent:
    """委托代理人, where there is one."""

    agent: str = typed("委托代理人", hint="姓名、单位、职务、联系电话；没有的留空")


@dataclass(frozen=True, kw_only=True)
class PerKind(Claims):
    """诉讼请求 as the sentences of a classic complaint."""

    wage_word = WAGE

    @property
    @worded("请求分项")
    def demands(self) -> tuple[Claim, ...]:
        return tuple(
            Claim(
                kind=self.wage_word if claim.kind == WAGE else claim.kind, heads=claim.heads, owed=claim.owed
            )
            for claim in self.claims
        )
