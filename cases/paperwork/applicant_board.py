"""申请人向仲裁委、法律援助机构申请的文书 (domain.md §5.3 A)."""

from dataclasses import dataclass

from cases.paperwork.catalogue import OPEN, Copy, Group, Signed, declare
from cases.paperwork.parts import Against, Head, Workers, taken, typed
from cases.paperwork.parts_court import Parties, PerKind, Told
from cases.paperwork.rows import Proof


@dataclass(frozen=True, kw_only=True)
class ArbitrationRequest(Parties, PerKind, Told):
    """劳动仲裁申请书: parties, requests, facts, evidence, witnesses (劳动争议调解仲裁法28条)."""

    wage_word = "劳动报酬"

    board: str = taken("仲裁委员会", "board", required=True)
    proofs: tuple[Proof, ...] = taken("证据", "proofs", ())
    witnesses: str = typed("证人", hint="证人的姓名和住所；没有的留空")


declare(
    "arbitration_request",
    "劳动仲裁申请书",
    ArbitrationRequest,
    group=Group.APPLICANT,
    signed=Signed.WORKER,
    copies=(Copy("劳动人事争议仲裁委员会"), Copy("被申请人", each=True), Copy("申请人")),
    stages=OPEN,
    version="2026-12",
    note="劳动关系先申请仲裁，一年内提出；仲裁不收费。",
    counted=("facts",),
)


@dataclass(frozen=True, kw_only=True)
class LegalAidForm(Head, Workers, Against):
    """法律援助申请表: the standing of 农民工 replaces the proof of means (法律援助法42条)."""

    aid_centre: str = typed("法律援助机构", required=True)
    job_place: str = taken("务工项目", "project")
    matter: str = taken("案情概要", "application_facts", required=True, is_long=True)
    stage: str = typed("申请援助的阶段", "一审", hint="例如：仲裁、一审、执行")
    agent: str = typed("代理申请人", hint="代为申请的人姓名、与申请人的关系；没有的留空")


declare(
    "legal_aid_form",
    "法律援助申请表",
    LegalAidForm,
    group=Group.APPLICANT,
    signed=Signed.WORKER,
    copies=(Copy("法律援助机构"), Copy("申请人")),
    stages=OPEN,
    version="2026-12",
    note="追索劳动报酬的农民工不核查经济困难状况；七日内决定，三日内指派。",
    counted=("matter",),
)
