"""Rows of the office's own papers (受理、审查、决定文书里的行): less than `rows.py` says, only what they print."""

from dataclasses import dataclass
from datetime import date

from cases.paperwork.rows import said


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """申请人 as a decision names them: no number, no telephone, no address, for others of the group read it."""

    name: str = said("姓名")
    sex: str = said("性别")
    born: date | None = said("出生日期", None)
    ethnicity: str = said("民族")


@dataclass(frozen=True, kw_only=True)
class Opponent:
    """被申请人 as a decision names them."""

    name: str = said("名称")
    uscc: str = said("统一社会信用代码")
    representative: str = said("法定代表人")
    position: str = said("责任位置")


@dataclass(frozen=True, kw_only=True)
class Contacted:
    """联系方式确认书 of one applicant, as far as the case knows how to reach them."""

    name: str = said("姓名")
    phone: str = said("联系电话", secret="phone")
    address: str = said("住址", secret="address")


@dataclass(frozen=True, kw_only=True)
class Material:
    """材料接收清单 of one item."""

    name: str = said("材料名称")
    original: str = said("原件或复印件")
    pages: str = said("页数")
    whose: str = said("提交人")


@dataclass(frozen=True, kw_only=True)
class Inquired:
    """调查核实 of one time."""

    name: str = said("对象")
    kind: str = said("方式")
    on: date | None = said("日期", None)
    investigators: str = said("调查人员")
    findings: str = said("核实情况")


@dataclass(frozen=True, kw_only=True)
class Step:
    """审批步骤: who said what in which round; without a result while it is still to come."""

    name: str = said("审批人")
    round: str = said("轮次")
    capacity: str = said("身份")
    result: str = said("结果")
    opinion: str = said("意见")
    acted_on: date | None = said("日期", None)
