"""What a bulk case has gone through, as data: the way of each stage, when its steps fell, its clocks and events."""

from cases.workflow import Act, Move, Stage

# 步骤 → days after the application was received
DAYS = {
    "received": 0,
    "examined": 1,
    "accepted": 2,
    "served": 4,
    "reviewed": 6,
    "proposed": 9,
    "decided": 11,
    "delivered": 13,
    "filed": 18,
    "heard": 35,
    "judged": 48,
    "effective": 73,
    "paid": 85,
    "closed": 100,
    "archived": 130,
}
_ACCEPTED = ("received", "examined", "accepted")
_REVIEWED = (*_ACCEPTED, "served", "reviewed", "proposed")
_DECIDED = (*_REVIEWED, "decided", "delivered")
_JUDGED = (*_DECIDED, "filed", "heard", "judged", "effective")

WAYS: dict[Stage, tuple[str, ...]] = {
    Stage.REGISTERED: ("received", "examined"),
    Stage.REJECTED: ("received", "examined"),
    Stage.REVIEW: (*_ACCEPTED, "served"),
    Stage.APPROVAL: _REVIEWED,
    Stage.DECLINED: _DECIDED,
    Stage.TERMINATED: (*_DECIDED, "paid"),
    Stage.SUPPORTED: _DECIDED,
    Stage.FILED: (*_DECIDED, "filed"),
    Stage.TRIAL: (*_DECIDED, "filed", "heard"),
    Stage.ENFORCEMENT: (*_JUDGED, "paid"),
    Stage.CLOSED: (*_JUDGED, "paid", "closed"),
    Stage.ARCHIVED: (*_JUDGED, "paid", "closed", "archived"),
}
# 阶段 → of a hundred cases how many; how many days ago the application came, from and to
SHARES: dict[Stage, tuple[int, int, int]] = {
    Stage.REGISTERED: (4, 2, 6),
    Stage.REJECTED: (3, 6, 700),
    Stage.REVIEW: (8, 5, 20),
    Stage.APPROVAL: (3, 10, 15),
    Stage.DECLINED: (4, 14, 700),
    Stage.TERMINATED: (12, 90, 700),
    Stage.SUPPORTED: (6, 14, 40),
    Stage.FILED: (6, 19, 60),
    Stage.TRIAL: (6, 40, 100),
    Stage.ENFORCEMENT: (13, 90, 360),
    Stage.CLOSED: (20, 105, 700),
    Stage.ARCHIVED: (15, 140, 900),
}
# 期限代码 → the step that starts it, the step that meets it
CLOCKS = {
    "P3": ("received", "accepted"),
    "P4": ("accepted", "served"),
    "P6a": ("accepted", "decided"),
    "P6b": ("accepted", "decided"),
    "P7": ("decided", "delivered"),
    "C6": ("filed", "judged"),
    "C8": ("judged", "effective"),
    "P14": ("effective", "paid"),
    "C18": ("effective", "closed"),
}
_REVIEW, _APPROVAL = Stage.REVIEW, Stage.APPROVAL
# 步骤 → what the log says of it: act, stage before, stage after
EVENTS: dict[str, list[tuple[Move | Act, Stage, Stage]]] = {
    "received": [(Act.REGISTER, Stage.REGISTERED, Stage.REGISTERED)],
    "examined": [(Act.EXAMINE_APPLICATION, Stage.REGISTERED, Stage.REGISTERED)],
    "accepted": [(Move.ACCEPT, Stage.REGISTERED, _REVIEW)],
    "reviewed": [(Act.TRACK_DECIDED, _REVIEW, _REVIEW), (Act.REVIEWED, _REVIEW, _REVIEW)],
    "proposed": [(Move.SUBMIT, _REVIEW, _APPROVAL), (Act.STEP_AGREED, _APPROVAL, _APPROVAL)],
    "filed": [(Move.FILE, Stage.SUPPORTED, Stage.FILED)],
    "heard": [(Move.OPEN_TRIAL, Stage.FILED, Stage.TRIAL)],
    "judged": [(Act.JUDGED, Stage.TRIAL, Stage.TRIAL)],
    "effective": [(Move.TAKE_EFFECT, Stage.TRIAL, Stage.ENFORCEMENT)],
    "closed": [(Move.CLOSE, Stage.ENFORCEMENT, Stage.CLOSED)],
    "archived": [(Move.ARCHIVE, Stage.CLOSED, Stage.ARCHIVED)],
}
# 阶段 → how it was decided; every stage behind the court was supported
DECISIONS = {
    Stage.DECLINED: (Move.DECLINE, Stage.DECLINED),
    Stage.TERMINATED: (Move.TERMINATE, Stage.TERMINATED),
}
SUPPORTED = (Move.SUPPORT, Stage.SUPPORTED)


def stages() -> list[Stage]:
    """A hundred stages in the shares above, well mixed, the same every time."""
    deck = [stage for stage, (share, _, _) in SHARES.items() for _ in range(share)]
    return [deck[place * 37 % len(deck)] for place in range(len(deck))]
