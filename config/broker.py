"""The folder that stands in for Redis: kombu's transport, which a half-written file cannot kill.

kombu writes a message under its final name and reads without asking whether it is whole; what it cannot parse leaves
`_get` as ValueError and ends the worker. Here a message appears whole or not at all. One that is torn nevertheless
(a full disk, a power cut, a foreign writer) is set aside: the row is the truth, and the sweep does what it asked for.
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from queue import Empty
from time import monotonic_ns
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import filesystem, virtual
from kombu.transport.filesystem import LOCK_EX, exchange_queue_t, lock
from kombu.utils.encoding import bytes_to_str, str_to_bytes
from kombu.utils.json import dumps, loads

TORN = "torn"
Rows = list[Any]

logger = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    """Names that begin with a dot are nobody's message: drafts, and what a worker is just reading."""

    # the two classes above name the second argument differently
    def _put(self, queue: Any, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        name = f"{monotonic_ns() // 1_000_000}_{uuid4()}.{queue}.msg"
        try:
            _write_whole(Path(self.data_folder_out) / name, payload)
        except OSError as error:
            raise ChannelError("消息文件写不进去") from error

    def _get(self, queue: Any, timeout: Any = None) -> Any:
        """The oldest message that this worker gets hold of and that is whole."""
        folder = Path(self.data_folder_in)
        for name in sorted(os.listdir(folder)):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = folder / f".{name}"
            try:
                (folder / name).rename(taken)  # of several workers one succeeds
            except OSError:
                continue
            if message := self._read(taken):
                return message
        raise Empty

    def _read(self, taken: Path) -> Any:
        """The message, or nothing when it is torn; never a word of it in the log."""
        content = taken.read_bytes()
        try:
            message = loads(bytes_to_str(content))
        except ValueError:
            message = None
        if isinstance(message, dict) and "properties" in message:
            taken.unlink()
            return message
        aside = taken.parent.parent / TORN
        aside.mkdir(exist_ok=True)
        taken.replace(aside / taken.name.lstrip("."))
        logger.error(
            "后台消息文件不完整，已移到 %s：%s（%d 字节）", TORN, taken.name.lstrip("."), len(content)
        )
        return None

    def get_table(self, exchange: str) -> Rows:
        """A torn table is an empty one: whoever declares the queue next writes it anew."""
        try:
            return list(super().get_table(exchange))
        except ValueError:
            logger.error("后台队列表不完整，将重新写入：%s", exchange)
            return []

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        row = exchange_queue_t(routing_key or "", pattern or "", queue or "")
        self._change_table(exchange, lambda table: table if row in table else [row, *table])

    def _delete(
        self, queue: str, exchange: str, routing_key: str, pattern: str, *args: Any, **kwargs: Any
    ) -> None:
        virtual.Channel._delete(self, queue, exchange, routing_key, pattern, *args, **kwargs)
        row = exchange_queue_t(routing_key or "", pattern or "", queue or "")
        self._change_table(exchange, lambda table: [each for each in table if each != row])

    def _change_table(self, exchange: str, change: Callable[[Rows], Rows]) -> None:
        file = self._exchange_file(exchange)
        self.control_folder.mkdir(exist_ok=True)
        with (self.control_folder / ".lock").open("w") as gate:
            lock(gate, LOCK_EX)
            _write_whole(file, change(self.get_table(exchange)))


class Transport(filesystem.Transport):
    Channel = Channel


def _write_whole(place: Path, content: Any) -> None:
    """Under another name first: whoever looks finds the old file, the new one, or none."""
    draft = place.with_name(f".{uuid4()}.tmp")
    draft.write_bytes(str_to_bytes(dumps(content)))
    draft.replace(place)
