"""填写线索: the page on which a lead is written, by partner or staff: new, from a draft, or as a supplement."""

import json
import uuid
from typing import Any, NamedTuple

from accounts.models import Organisation, User
from cases.intake.grid import Grid, Known
from cases.models import Evidence
from core import clock
from core.masking import mask_id, mask_phone
from core.money import yuan
from core.refusals import Conflict, Refused
from jobs import submissions
from referrals.facts import ReferralFacts
from referrals.forms import ReferralForm
from referrals.intake import actions, material
from referrals.models import Referral, ReferralWorker
from referrals.workflow import Status

Kind = Evidence.Kind
ADDED_ROWS = 5


class Material(NamedTuple):
    """One line of the checklist of material: its input, and a tip."""

    kind: Kind
    label: str
    tip: str

    @property
    def name(self) -> str:
        return f"file_{self.kind.value}"


MATERIALS = [
    Material(Kind.IOU, "欠条、结算单", "有签名或盖章的最好，拍清楚金额和日期"),
    Material(Kind.PAYROLL, "工资表", "没有盖章的也可以"),
    Material(Kind.ATTENDANCE, "考勤、记工本", "打卡记录、自己记的工天都可以"),
    Material(Kind.CHAT, "聊天记录", "截图要看得到对方名称和时间"),
    Material(Kind.CONTRACT, "合同、协议", "劳动合同、劳务协议、包工协议"),
    Material(Kind.IDENTITY, "身份证", "正反面照片"),
    Material(Kind.OTHER, "其他材料", "录音、转账记录、工地照片等"),
]


class Filling:
    """One request for the page: who writes for whom, from what, and what the buttons do.

    `lead` is None for a new lead, a draft, or a returned lead to be supplemented. Files that come with a form
    that has errors are kept in a draft: a browser cannot be given them back.
    """

    def __init__(
        self, office: Organisation, unit: Organisation | None, by: User, lead: Referral | None = None
    ) -> None:
        self.office, self.unit, self.by, self.lead = office, unit, by, lead
        self.form = self._form()
        self.grid = self._grid()
        self.refused_files: list[str] = []

    # --- what is shown

    def _form(self, data: Any = None) -> ReferralForm:
        initial = None if data else self._initial()
        return ReferralForm(data, initial=initial, office=self.office, of_partner=self.unit is not None)

    def _initial(self) -> dict[str, Any]:
        if self.lead is None:
            return {
                "contact_name": self.by.name if self.unit else "",
                "contact_phone": self.by.phone if self.unit else "",
                "region_code": self.office.region_code,
                "received_on": clock.today(),
            }
        if self.lead.typed:
            found: dict[str, Any] = json.loads(self.lead.typed)["form"]
        else:
            found = {name: getattr(self.lead, name, None) for name in ReferralForm.base_fields}
            found["account"] = self.lead.facts
        return found | {"version": self.lead.version}

    def _grid(self) -> Grid:
        if self.lead is None:
            return Grid([])
        if self.lead.typed:
            grid = Grid(json.loads(self.lead.typed)["rows"], **self._rules())
        else:
            grid = Grid([masked(worker) for worker in self.lead.workers.all()], **self._rules())
        return grid

    def _rules(self) -> dict[str, Any]:
        known = Known(self.lead.workers.all()) if self.lead else None
        return {"needs_id": self.unit is not None, "known": known}

    @property
    def is_supplement(self) -> bool:
        return self.lead is not None and self.lead.status == Status.RETURNED

    @property
    def files(self) -> list[Any]:
        if self.lead is None:
            return []
        return list(self.lead.attachments.filter(removed_at=None).select_related("attachment"))

    @property
    def return_note(self) -> Any:
        if self.lead is None or not self.is_supplement:
            return None
        return self.lead.return_notes.filter(supplemented_at=None).first()

    @property
    def errors(self) -> list[tuple[str, str]]:
        """For the summary: form first, then the list, then files that were not taken."""
        found = self.form.error_summary + (self.grid.errors if self.form.is_bound else [])
        return found + [("files", sentence) for sentence in self.refused_files]

    # --- what the buttons do

    def take(self, post: Any) -> None:
        """Read what was posted; nothing is written."""
        self.form, self.grid = self._form(post), Grid.read(post, **self._rules())

    def add_rows(self) -> None:
        self.form = ReferralForm(
            initial={name: self.form.data.get(name) for name in self.form.fields},
            office=self.office,
            of_partner=self.unit is not None,
        )
        self.grid.pad(ADDED_ROWS)

    def renew(self, sentence: str) -> None:
        """Somebody was quicker: say so, and let the next attempt be made on the lead as it is now."""
        assert self.lead is not None
        self.lead.refresh_from_db()
        self._show_version(self.lead)
        self.form.add_error(None, sentence)

    def renew_key(self) -> None:
        """The next attempt is a submission of its own."""
        self.form.data = dict(self.form.data.items()) | {"submission_key": str(uuid.uuid4()), "version": ""}

    def _show_version(self, lead: Referral) -> None:
        self.form.data = dict(self.form.data.items()) | {"version": str(lead.version)}

    @property
    def _version(self) -> int | None:
        """The version of the page, also of a form that is otherwise wrong; None for a page without."""
        typed = self.form.data.get("version") or ""
        return int(typed) if typed.isdecimal() else None

    @property
    def typed(self) -> dict[str, Any]:
        """What stands in the page, right or wrong, for a draft."""
        hidden = {"submission_key", "version"}
        form = {name: self.form.data.get(name, "") for name in self.form.fields if name not in hidden}
        return {"form": form, "rows": self.grid.typed}

    def keep(self, files: Any) -> Referral:
        """存草稿, with the files; those that are refused are told in `refused_files`."""
        self.refused_files = []
        if self.lead is None:
            pk = submissions.once(self._key, by=self.by, action="referral-draft", work=self._new_draft)
            self.lead = Referral.objects.get(pk=pk)
        self.lead = actions.save_draft(
            self.office, typed=self.typed, unit=self.unit, by=self.by, draft=self.lead, version=self._version
        )
        self._show_version(self.lead)
        for each in MATERIALS:
            for file in files.getlist(each.name):
                self._attach(self.lead, file, each.kind)
        return self.lead

    def _new_draft(self) -> str:
        draft = actions.save_draft(self.office, typed=self.typed, unit=self.unit, by=self.by)
        return str(draft.pk)

    def _attach(self, lead: Referral, file: Any, kind: Kind) -> None:
        try:
            material.attach(lead, file=file, kind=kind, by=self.by)
        except Refused as refusal:
            self.refused_files.append(str(refusal))

    @property
    def _key(self) -> str:
        """The form's key, also of a form that is otherwise wrong."""
        try:
            return str(uuid.UUID(self.form.data.get("submission_key", "")))
        except ValueError:
            return str(uuid.uuid4())

    def send(self, files: Any) -> str:
        """移送 or 补正, once per form shown; returns where the sender reads about it. Refused when a file is."""
        before, data, facts = self.lead, self.form.data, self.form.whole(self.grid)
        action = f"referral-{before.pk}" if before else "referral-new"
        try:
            return submissions.once(
                self._key, by=self.by, action=action, work=lambda: self._sent(facts, files)
            )
        except (Refused, Conflict):
            self.lead, self.form.data = before, data
            raise

    def sent_already(self, draft: Referral) -> str:
        """Where this very form, sent twice, led the first time. Refused when the draft was handed in elsewhere."""

        def refuse() -> str:
            raise Refused(
                f"这份草稿已在另一处提交，编号 {draft.code}。本页没有再提交；要另报一条，改好后再提交。"
            )

        return submissions.once(self._key, by=self.by, action=f"referral-{draft.pk}", work=refuse)

    def _sent(self, facts: ReferralFacts, files: Any) -> str:
        if files:
            self.keep(files)
        if self.refused_files:
            raise Refused("材料里有文件没有收下，线索还没提交。")
        if self.lead and self.is_supplement:
            version = self.form.cleaned_data["version"]
            lead = actions.supplement(self.lead, facts=facts, by=self.by, version=version)
        else:
            lead = actions.submit(
                self.office,
                facts=facts,
                unit=self.unit,
                by=self.by,
                draft=self.lead,
                version=self._version if self.lead else None,
            )
        return lead.partner_url if self.unit else lead.get_absolute_url()


def masked(worker: ReferralWorker) -> dict[str, str]:
    """A worker as the supplement form shows them: numbers masked, and understood again when left alone."""
    return {
        "name": worker.name,
        "id_number": mask_id(worker.id_number),
        "phone": mask_phone(worker.phone),
        "job": worker.job,
        "from": f"{worker.worked_from or ''}",
        "to": f"{worker.worked_to or ''}",
        "owed": yuan(worker.owed).replace(",", ""),
        "remark": worker.remark,
    }
