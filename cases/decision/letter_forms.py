from typing import Any

from core.fields import LongTextField, TextField
from core.forms import Once, Versioned


class Part(LongTextField):
    """A part that every letter needs, and that a draft may still lack (待填)."""

    def validate(self, value: str) -> None:
        """Submission asks for it, saving does not."""


class Line(TextField):
    """The same in one line."""

    def validate(self, value: str) -> None:
        """Submission asks for it, saving does not."""


class DraftForm(Once):
    """生成草稿: nothing to fill in."""


class LetterForm(Versioned):
    """支持起诉书: what people write. Parties and sums come from the claim table. `version` is the draft's number."""

    court = Line(label="致送法院", max_length=60)
    basis = Line(label="法律依据")
    origin = Part(label="案件来源", help_text="谁在哪天申请，本院哪天受理，怎样审查")
    found = Part(label="查明的事实", help_text="用工、工地、期间、标准、结算和催要经过")
    evidence = Part(label="证据", help_text="以上事实，有哪些证据证实")
    opinion = Part(label="本院认为", help_text="权利依据、责任主体、必要性和自愿性。不写法院应判的金额")
    enclosures = LongTextField(label="附项", required=False, help_text="一行一项")

    @property
    def facts(self) -> dict[str, Any]:
        lines = [line.strip() for line in self.cleaned_data["enclosures"].splitlines()]
        return super().facts | {
            "enclosures": [line for line in lines if line],
            "expected_n": self.cleaned_data["version"],
        }
