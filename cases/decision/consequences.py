"""What follows from each matter, in words for the page on which it is proposed."""

from cases.workflow import Matter

CONSEQUENCES: dict[Matter, tuple[str, ...]] = {
    Matter.SUPPORT: (
        "案件进入审批中，诉求和支持起诉书不能再改",
        "同意后按案号签发支持起诉书，生成 PDF",
        "审查期限停止，文书送达期限开始",
    ),
    Matter.DECLINE: (
        "案件进入审批中，不支持起诉决定书不能再改",
        "同意后按案号签发决定书，案件办结，请向申请人释法说理并告知其他途径",
        "文书送达期限开始",
    ),
    Matter.TERMINATE: (
        "案件进入审批中，终结审查决定书不能再改",
        "同意后按案号签发决定书，案件办结，约定的款项仍可登记到账",
        "文书送达期限开始",
    ),
    Matter.TRANSFER: ("案件进入审批中", "同意后案件移送所选检察院，本院期限全部停止"),
    Matter.SUSPEND: (
        "审批期间审查照常进行，中止审查决定书不能再改",
        "同意后签发决定书，审查期限从中止日期起停止计算",
        "恢复以前不能报批",
    ),
    Matter.EXTEND: ("审批期间审查照常进行", "同意后审查期限按天数延后，三个月上限不变"),
    Matter.WITHDRAW_SUPPORT: (
        "审批期间跟踪照常进行",
        "同意后签发撤回支持起诉决定书，案件办结，期限全部停止",
        "请在送达登记里记明告知法院和申请人的日期",
    ),
}
