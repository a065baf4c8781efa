"""证据目录: what a case of this type needs, and what there is of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cases.causes import Category
from cases.models import Evidence

K = Evidence.Kind
OTHERS = "其他证据"


@dataclass(frozen=True)
class Group:
    """One heading of the list. `is_needed`: without an item of it the list is 缺."""

    label: str
    kinds: frozenset[str]
    is_needed: bool
    items: list[Evidence] = field(default_factory=list)

    @property
    def standing(self) -> list[Evidence]:
        return [item for item in self.items if item.removed_at is None]

    @property
    def is_missing(self) -> bool:
        return self.is_needed and not self.standing


IDENTITY = ("身份材料", {K.IDENTITY}, True)
APPLICATION = ("支持起诉申请书", {K.APPLICATION}, True)
REGISTRATION = ("被申请人登记信息", {K.REGISTRATION}, True)
AUTHORITY = ("监察、仲裁材料", {K.INSPECTION_FILE, K.ARBITRATION_FILE}, False)
OF_WAGES = [
    IDENTITY,
    APPLICATION,
    ("欠条、结算单、工资表", {K.IOU, K.SETTLEMENT_SHEET, K.PAYROLL}, True),
    (
        "用工证明",
        {K.CONTRACT, K.ATTENDANCE, K.BADGE, K.REAL_NAME_RECORD, K.WITNESS, K.SITE_PHOTO},
        True,
    ),
    ("催要、支付记录", {K.CHAT, K.RECORDING, K.BANK_STATEMENT, K.TRANSFER_RECORD}, False),
    ("工程、分包合同", {K.PROJECT_CONTRACT}, False),
    REGISTRATION,
    AUTHORITY,
]
OF_OTHERS = [IDENTITY, APPLICATION, AUTHORITY]


def groups(category: str, items: Iterable[Evidence]) -> list[Group]:
    """The list of a case of this category; whatever fits no heading comes last."""
    wanted = OF_WAGES if category == Category.WAGES else OF_OTHERS
    found = [Group(label, frozenset(kinds), needed) for label, kinds, needed in wanted]
    rest = Group(OTHERS, frozenset(), category != Category.WAGES)
    for item in items:
        next((group for group in found if item.kind in group.kinds), rest).items.append(item)
    return [*found, rest] if rest.items or rest.is_needed else found
