"""务工人员名单: the grid read on the server. Errors stand at their cell and in the summary; nothing typed is lost."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from cases.intake.cells import READERS, READERS_OF_OTHERS, visible
from cases.intake.facts import WorkerFacts
from core.masking import mask_id, mask_phone

COLUMNS = {
    "name": "姓名",
    "id_number": "身份证号",
    "phone": "手机",
    "job": "工种",
    "from": "务工开始",
    "to": "务工结束",
    "owed": "欠薪（元）",
    "remark": "备注",
}
NOUNS = COLUMNS | {"owed": "欠薪金额", "phone": "手机号"}
FACTS = {key: key for key in COLUMNS} | {"from": "worked_from", "to": "worked_to"}
MOST_ROWS = 300
MOST_READ = 700  # what a post can hold at all (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)
BLANK_ROWS = 5
FIELD = re.compile(rf"w-(\d{{1,4}})-({'|'.join(COLUMNS)})", re.ASCII)


class Numbered(Protocol):
    """Somebody whose numbers were submitted before."""

    name: str
    id_number: str
    phone: str


@dataclass(frozen=True)
class Rules:
    """What a line must have. Claims other than wages may be without a sum, and children may bring them."""

    needs_id: bool = True
    of_wages: bool = True

    @property
    def needs(self) -> frozenset[str]:
        optional = {"id_number": self.needs_id, "owed": self.of_wages}
        return frozenset({"name", *(key for key, needed in optional.items() if needed)})

    def read(self, key: str, text: str, noun: str) -> Any:
        return (READERS if self.of_wages else READERS_OF_OTHERS)[key](text, noun)


@dataclass
class Cell:
    """One input as templates/components/grid_edit.html draws it."""

    name: str
    html_name: str
    label: str
    value: str = ""
    errors: list[str] = field(default_factory=list)
    warning: str = ""
    clean: Any = None


class Row:
    """One line of the grid. `known` maps (name, mask) to numbers that were submitted before and are shown masked."""

    def __init__(self, index: int, typed: Mapping[str, str], rules: Rules, known: "Known") -> None:
        self.number = index + 1
        self.cells = {
            key: Cell(key, f"w-{index}-{key}", label, str(typed.get(key, "")))
            for key, label in COLUMNS.items()
        }
        self.is_blank = not any(cell.value.strip() for cell in self.cells.values())
        if not self.is_blank:
            for cell in self.cells.values():
                self._read(cell, rules, known)
            self._check_order()

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.cells.values())

    def _read(self, cell: Cell, rules: Rules, known: "Known") -> None:
        noun = NOUNS[cell.name]
        try:
            text = known.clear(self.cells["name"].value, cell, visible(cell.value, noun))
            if not text:
                if cell.name in rules.needs:
                    raise ValueError(f"还没填{noun}。")
                return
            cell.clean, shown, cell.warning = rules.read(cell.name, text, noun)
        except ValueError as error:
            cell.errors.append(str(error))
        else:
            cell.value = cell.value if text != cell.value and "*" in cell.value else shown

    def _check_order(self) -> None:
        start, end = self.cells["from"], self.cells["to"]
        if start.clean and end.clean and end.clean < start.clean:
            end.errors.append(f"务工结束（{end.value}）早于开始（{start.value}），请改其中一个。")

    @property
    def errors(self) -> list[tuple[str, str]]:
        """(id of the input, sentence with the line's number)."""
        return [
            (f"id_{cell.html_name}", f"第 {self.number} 行{sentence}")
            for cell in self.cells.values()
            for sentence in cell.errors
        ]

    @property
    def facts(self) -> WorkerFacts:
        found = {FACTS[key]: cell.clean for key, cell in self.cells.items() if cell.clean is not None}
        return WorkerFacts(**found)


class Known:
    """Numbers of the last submission: a masked cell that was left alone means the number behind it."""

    def __init__(self, workers: Iterable[Numbered] = ()) -> None:
        self._found: dict[tuple[str, str, str], set[str]] = {}
        for worker in workers:
            self._add("id_number", worker.name, mask_id(worker.id_number), worker.id_number)
            self._add("phone", worker.name, mask_phone(worker.phone), worker.phone)

    def _add(self, key: str, name: str, masked: str, clear: str) -> None:
        if clear:
            self._found.setdefault((key, name, masked), set()).add(clear)

    def clear(self, name: str, cell: Cell, text: str) -> str:
        """The number behind an untouched mask; ValueError when it cannot be told whose it is."""
        if "*" not in text or cell.name not in {"id_number", "phone"}:
            return text
        found = self._found.get((cell.name, name.strip(), text.strip()), set())
        if len(found) != 1:
            raise ValueError(f"{NOUNS[cell.name]}含有 *，请重新填写完整号码。")
        return next(iter(found))


class Grid:
    """All lines. Blank lines are skipped; `is_valid` when every other line is right and there is at least one."""

    def __init__(
        self,
        typed: list[Mapping[str, str]],
        *,
        needs_id: bool = True,
        of_wages: bool = True,
        known: Known | None = None,
    ) -> None:
        rules = Rules(needs_id, of_wages)
        self.rows = [Row(index, row, rules, known or Known()) for index, row in enumerate(typed)]
        self.filled = [row for row in self.rows if not row.is_blank]
        self._mark_repeated()
        self.pad(max(0, BLANK_ROWS - len(self.rows)))

    @classmethod
    def read(cls, data: Mapping[str, Any], **options: Any) -> "Grid":
        """From the posted fields `w-<n>-<key>`, whatever `w-TOTAL` claims."""
        found: dict[int, dict[str, str]] = {}
        for name in data:
            match = FIELD.fullmatch(name)
            if match and (index := int(match[1])) < MOST_READ:
                found.setdefault(index, {})[match[2]] = str(data[name])
        return cls([found.get(index, {}) for index in range(max(found, default=-1) + 1)], **options)

    def pad(self, more: int) -> None:
        """More blank lines at the end, up to the limit."""
        start = len(self.rows)
        stop = max(start, min(start + more, MOST_ROWS))
        self.rows += [Row(index, {}, Rules(), Known()) for index in range(start, stop)]

    def _mark_repeated(self) -> None:
        """One person once: two lines with one number cannot both become applicants."""
        first: dict[str, int] = {}
        for row in self.filled:
            cell = row.cells["id_number"]
            if cell.clean and first.setdefault(cell.clean, row.number) != row.number:
                cell.errors.append(f"身份证号与第 {first[cell.clean]} 行相同，请合并成一行。")

    @property
    def errors(self) -> list[tuple[str, str]]:
        """For the summary, in the order of the lines; what concerns the whole list comes first."""
        if not self.filled:
            return [(f"id_{self.rows[0].cells['name'].html_name}", "还没填务工人员，至少要有一名。")]
        found = [error for row in self.filled for error in row.errors]
        if len(self.filled) > MOST_ROWS:
            sentence = f"名单有 {len(self.filled)} 人，最多 {MOST_ROWS} 人。请分两次办理。"
            found.insert(0, (f"id_{self.filled[MOST_ROWS].cells['name'].html_name}", sentence))
        return found

    @property
    def is_valid(self) -> bool:
        return not self.errors

    @property
    def notes(self) -> list[str]:
        """What was understood but not literally as typed."""
        return [
            f"第 {row.number} 行{NOUNS[cell.name]}：{cell.warning}"
            for row in self.filled
            for cell in row
            if cell.warning and not cell.errors
        ]

    @property
    def facts(self) -> list[WorkerFacts]:
        return [row.facts for row in self.filled]

    @property
    def typed(self) -> list[dict[str, str]]:
        """What stands in the cells, for a draft."""
        return [{cell.name: cell.value for cell in row} for row in self.filled]

    @property
    def total(self) -> Decimal:
        """欠薪合计 of the lines that are right, in yuan."""
        return sum((row.cells["owed"].clean or Decimal(0) for row in self.filled), Decimal("0.00"))
