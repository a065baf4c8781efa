"""公告送达: what was announced decides which period begins when the announcement is over (民诉法95条)."""

from cases import clocks
from cases.filing.policy import latest_judgment
from cases.models import Case, Judgment, Paper
from cases.occurrences.kinds import STOPPERS
from cases.occurrences.pairs import open_begin

ANNOUNCED = "announced"
OVER = STOPPERS[ANNOUNCED]


def paper_of(case: Case, chosen: str = "") -> Paper:
    """What is announced: as chosen, else the judgment that still has to be served, else the copy of the complaint."""
    if chosen:
        return Paper(chosen)
    if judgment := latest_judgment(case):
        return Paper.OTHER if judgment.last_served_on else Paper.JUDGMENT
    answered = clocks.of_code(case, "C3").filter(met_on__isnull=False).exists()
    return Paper.OTHER if answered and not clocks.running(case, ["C2"]) else Paper.COPY


def announced_paper(case: Case) -> Paper:
    """What the announcement that is not over yet is of."""
    begun = open_begin(case, ANNOUNCED)
    return paper_of(case, begun.paper if begun else "")


def why_not_announce(case: Case, paper: str) -> str:
    """Whether this paper can be announced as the suit stands."""
    if paper and paper not in Paper.values:
        return "公告的文书不在列表里，请重新选择。"
    judged = latest_judgment(case) if paper else None
    if paper == Paper.JUDGMENT and judged is None:
        return "还没登记裁判，公告的不能是判决书、裁定书。请先登记裁判。"
    if paper == Paper.COPY and judged:
        return "已登记裁判，公告的不会是起诉状副本，请重新选择。"
    return ""


def judgment_announced(case: Case, paper: str) -> Judgment | None:
    """The judgment whose last service the end of this announcement is; it may be on record already."""
    return latest_judgment(case) if paper == Paper.JUDGMENT else None
