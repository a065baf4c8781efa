"""生成前的检查: what is still missing in whose paper, and whose paper names somebody else."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from accounts.models import User
from cases.bundles.forms import CHOSEN
from cases.models import Case
from cases.paperwork import policy
from cases.paperwork.catalogue import CasePaper, paper_by
from cases.paperwork.per_worker import PER_WORKER, Numbered, Sheet, sheets_of, workers_of


@dataclass(frozen=True)
class Trouble:
    """What is wrong in the same way: in which papers and for whom. What all lack is said once."""

    text: str
    url: str  # where to put it right; empty when it is on the page of each worker
    titles: tuple[str, ...]
    workers: tuple[Numbered, ...]


@dataclass(frozen=True)
class Check:
    """What would be made."""

    declared: list[CasePaper]
    sheets: list[Sheet]

    @cached_property
    def lacking(self) -> list[Sheet]:
        return [each for each in self.sheets if each.missing]

    @cached_property
    def naming(self) -> list[Sheet]:
        return [each for each in self.sheets if each.names_others]

    @cached_property
    def ready(self) -> list[Sheet]:
        """Of workers in whose papers nothing is missing: nobody gets half a set."""
        out = {each.worker.number for each in self.lacking}
        return [each for each in self.sheets if each.worker.number not in out]

    @property
    def held_back(self) -> int:
        return len({each.worker.number for each in self.lacking})

    @property
    def heads(self) -> int:
        return len({each.worker.number for each in self.sheets})

    @property
    def troubles(self) -> list[Trouble]:
        """By what is missing and where it is entered, then by whom it concerns; the papers are named beside it."""
        workers: dict[tuple[str, str, str], list[Numbered]] = {}
        for each in self.sheets:
            for gap in each.gaps:
                key = (gap.text, "" if gap.is_own else gap.url, each.title)
                workers.setdefault(key, []).append(each.worker)
        titles: dict[tuple[str, str, tuple[Numbered, ...]], list[str]] = {}
        for (text, url, title), whose in workers.items():
            titles.setdefault((text, url, tuple(whose)), []).append(title)
        return [Trouble(text, url, tuple(of), whose) for (text, url, whose), of in titles.items()]

    def why_not(self, *, leave_out: bool, as_written: bool) -> str:
        """The first reason why it is not made as it is."""
        if not self.sheets:
            return "没有可以生成的文书。请选文书和申请人。"
        if self.lacking and not leave_out:
            return f"{self.held_back} 人的文书有待填，列在下面。请补齐，或者勾选“有待填的先不生成”。"
        left = self.ready if leave_out else self.sheets
        if not left:
            return "每个人的文书都有待填，没有可以生成的。请按下面列出的补齐。"
        if any(each.names_others for each in left) and not as_written:
            return "有文书写到了其他申请人或者总金额，列在下面。请改成各人自己的，确实需要的勾选“已核对”。"
        return ""


def offered(case: Case, user: User) -> list[CasePaper]:
    """一人一份的文书 that may be drafted now."""
    found = [declared for key in PER_WORKER if (declared := paper_by(key))]
    return [each for each in found if not policy.why_not_draft(case, user, each)]


def check(case: Case, user: User, papers: Collection[str], who: str, claimants: Collection[int]) -> Check:
    """The papers asked for, for everybody or for those chosen, as the case is now."""
    declared = [each for each in offered(case, user) if each.key in papers]
    everybody = workers_of(case)
    workers = [each for each in everybody if who != CHOSEN or each.claimant.pk in set(claimants)]
    return Check(declared, sheets_of(case, [each.key for each in declared], workers, everybody))
