"""A long stream sealed piece by piece (备份加密): what is moved, cut off, mixed or changed does not open.

`magic | alg(1) | kid(2) | id(16)`, then pieces of 1 MiB each followed by its tag. Every stream has a key of its
own, derived from the key file; a piece is bound to the header, its number and whether it is the last.
"""

import secrets
from typing import BinaryIO

from core import ciphers, keys
from core.ciphers import Tampered

MAGIC = b"ZHICHI-SEALED-1\n"
ID_BYTES = 16
HEADER_BYTES = len(MAGIC) + 3 + ID_BYTES
PIECE = 1024 * 1024
CUT_OFF = "文件不完整，可能没有写完或者被截断。"


class _Seal:
    """Key and place of the pieces of one stream."""

    def __init__(self, header: bytes, purpose: str) -> None:
        self.header, self.number = header, 0
        self.algorithm, kid = header[len(MAGIC)], int.from_bytes(header[len(MAGIC) + 1 : -ID_BYTES])
        if self.algorithm not in ciphers.KEY_BYTES or kid not in keys.ring().keys:
            raise Tampered(f"加密算法或密钥编号（{kid}）不认识，请用备份时的字段密钥文件。")
        purpose = f"{purpose}|{self.algorithm}|{header[-ID_BYTES:].hex()}"
        self.key = keys.derived(kid, purpose, ciphers.KEY_BYTES[self.algorithm])

    def next(self, *, last: bool) -> tuple[bytes, bytes]:
        """Nonce of the next piece, and what it is bound to. The key is used for this stream only."""
        self.number += 1
        bound = self.header + self.number.to_bytes(8) + bytes([last])
        return self.number.to_bytes(ciphers.NONCE_BYTES), bound


class SealedWriter:
    """Takes bytes, writes sealed pieces. Without `finish` the stream cannot be opened."""

    def __init__(self, file: BinaryIO, purpose: str) -> None:
        algorithm, kid = ciphers.preferred(), keys.ring().current
        header = MAGIC + bytes([algorithm]) + kid.to_bytes(2) + secrets.token_bytes(ID_BYTES)
        self._file, self._seal, self._waiting = file, _Seal(header, purpose), bytearray()
        file.write(header)

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._write(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def finish(self) -> None:
        self._write(bytes(self._waiting), last=True)

    def _write(self, piece: bytes, *, last: bool) -> None:
        nonce, bound = self._seal.next(last=last)
        self._file.write(ciphers.seal(self._seal.algorithm, self._seal.key, nonce, piece, bound))


class SealedReader:
    """Gives back what a `SealedWriter` took; `Tampered` at the first byte that is not its own."""

    def __init__(self, file: BinaryIO, purpose: str) -> None:
        header = file.read(HEADER_BYTES)
        if len(header) < HEADER_BYTES or not header.startswith(MAGIC):
            raise Tampered("这不是本系统的加密文件。")
        self._file, self._seal, self._open = file, _Seal(header, purpose), b""
        self._ahead, self._at_end = self._sealed(), False

    def read(self, size: int) -> bytes:
        parts: list[bytes] = []
        while size > 0 and (self._open or self._refill()):
            part, self._open = self._open[:size], self._open[size:]
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _refill(self) -> bool:
        """The next piece; False when the last one has been read."""
        if self._at_end:
            return False
        piece, self._ahead = self._ahead, self._sealed()
        if len(piece) < ciphers.TAG_BYTES:
            raise Tampered(CUT_OFF)
        self._at_end = not self._ahead
        nonce, bound = self._seal.next(last=self._at_end)
        try:
            self._open = ciphers.unseal(self._seal.algorithm, self._seal.key, nonce, piece, bound)
        except Tampered as error:
            raise Tampered(f"第 {self._seal.number} 段校验不符，文件被改动或者被截断。") from error
        return bool(self._open)

    def _sealed(self) -> bytes:
        return self._file.read(PIECE + ciphers.TAG_BYTES)
