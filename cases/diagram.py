"""办案流程图: the table of cases/workflow.py as a page for people (docs/workflow.md). No queries."""

from collections.abc import Iterator

from cases.occurrences.kinds import KINDS, Kind
from cases.workflow import (
    CHAINS,
    ENDS,
    ENDS_CLOCKS,
    FLOW,
    MATTER_STAGES,
    NEXT_ACTOR,
    PAPERS,
    REQUIRED_FROM,
    STARTS,
    Act,
    Matter,
    Move,
    Stage,
)
from deadlines.periods import PERIODS

CAPACITY = {"department_head": "部门负责人", "chief": "分管副检察长"}
HEADING = """# 办案流程

本页由 `manage.py diagram` 从 `cases/workflow.py` 生成，不要手改；两者不一致时检查不通过。
"""


def text() -> str:
    """The whole page."""
    parts = [HEADING, "## 阶段图\n", *_mermaid(), "", "## 动作\n", *_moves(), "", "## 阶段\n", *_stages(), ""]
    parts += ["## 审批\n", *_matters(), "", "## 不改变阶段的动作和它的期限\n", *_acts(), ""]
    parts += ["## 程序事件和它的期限\n", *_events(), ""]
    parts += ["## 期限代码\n", *_clocks(), "", "## 到哪个阶段必须有\n", *_required()]
    return "\n".join(parts) + "\n"


def _mermaid() -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    for stage in Stage:
        yield f"    {stage.value}: {stage.label}"
    yield f"    [*] --> {Stage.REGISTERED.value}: {Act.REGISTER.label}"
    for move, (sources, target) in FLOW.items():
        for source in _in_order(sources):
            yield f"    {source.value} --> {target.value}: {move.label}"
    yield f"    {Stage.ARCHIVED.value} --> [*]"
    yield "```"


def _moves() -> Iterator[str]:
    yield from _head("动作", "从", "到", "开始的期限", "结束的期限", "文书")
    for move, (sources, target) in FLOW.items():
        yield _row(
            move.label,
            "、".join(source.label for source in _in_order(sources)),
            target.label,
            _codes(STARTS, move),
            _codes(ENDS_CLOCKS, move),
            "、".join(PAPERS.get(move, ())),
        )


def _stages() -> Iterator[str]:
    yield from _head("阶段", "代码", "下一步由谁办", "是否终点")
    for stage in Stage:
        yield _row(stage.label, f"`{stage.value}`", NEXT_ACTOR[stage], "是" if stage in ENDS else "")


def _matters() -> Iterator[str]:
    yield from _head("报批事项", "可以提出的阶段", "审批人（依次）")
    for matter in Matter:
        stages = "、".join(stage.label for stage in _in_order(MATTER_STAGES[matter]))
        yield _row(matter.label, stages, " → ".join(CAPACITY[each] for each in CHAINS[matter]))


def _acts() -> Iterator[str]:
    yield from _head("动作", "开始的期限", "结束的期限")
    for act in Act:
        yield _row(act.label, _codes(STARTS, act), _codes(ENDS_CLOCKS, act))


def _events() -> Iterator[str]:
    yield from _head("事件", "由谁作出", "开始的期限", "结束的期限", "停止、恢复的期限")
    for kind in KINDS.values():
        starts = "、".join((*kind.starts, *(f"{code}（裁定）" for code in kind.ruling)))
        yield _row(kind.label, kind.body.label, starts, "、".join(kind.meets), _pauses(kind))


def _pauses(kind: Kind) -> str:
    """Which clocks stand still from this event on, or run on with it, and why."""
    cause = kind.stops or kind.goes_on
    if cause is None:
        return ""
    return f"{'停止' if kind.stops else '恢复'} {'、'.join(kind.stopped)}（{cause.label}）"


def _clocks() -> Iterator[str]:
    of_events = [codes for kind in KINDS.values() for codes in (kind.starts, kind.ruling)]
    used = {code for codes in (*STARTS.values(), *ENDS_CLOCKS.values(), *of_events) for code in codes}
    yield from _head("代码", "期限", "起算", "性质", "依据")
    for period in PERIODS:
        if period.code in used:
            yield _row(period.code, period.name, period.trigger, period.kind.label, period.basis)


def _required() -> Iterator[str]:
    yield from _head("栏目", "从哪个阶段起")
    for name, stage in REQUIRED_FROM.items():
        yield _row(f"`{name}`", stage.label)


def _in_order(stages: frozenset[Stage]) -> list[Stage]:
    return [stage for stage in Stage if stage in stages]


def _codes(table: dict[Move | Act, tuple[str, ...]], kind: Move | Act) -> str:
    return "、".join(table.get(kind, ()))


def _head(*cells: str) -> list[str]:
    return [_row(*cells), _row(*("---" for _ in cells))]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
