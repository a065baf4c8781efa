"""Pieces of a sealed stream: none may be changed, moved, dropped, added or taken from another stream."""

import io

import pytest

from core import keys
from core.ciphers import TAG_BYTES, Tampered
from core.sealed_stream import HEADER_BYTES, PIECE, SealedReader, SealedWriter

SEALED_PIECE = PIECE + TAG_BYTES


def sealed(data, purpose="test"):
    file = io.BytesIO()
    writer = SealedWriter(file, purpose)
    writer.write(data)
    writer.finish()
    return file.getvalue()


def opened(data, purpose="test"):
    return SealedReader(io.BytesIO(data), purpose).read(10 * PIECE)


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7])
def test_what_went_in_comes_out(length):
    data = bytes(range(256)) * (length // 256 + 1)

    assert opened(sealed(data[:length])) == data[:length]


def test_small_writes_and_small_reads_make_no_difference():
    file = io.BytesIO()
    writer = SealedWriter(file, "test")
    for _ in range(300):
        writer.write(b"0123456789" * 1000)
    writer.finish()
    reader = SealedReader(io.BytesIO(file.getvalue()), "test")

    assert b"".join(iter(lambda: reader.read(70_001), b"")) == b"0123456789" * 300_000


def changed(data, place):
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: changed(data, HEADER_BYTES + 100),
        lambda data: changed(data, HEADER_BYTES - 1),
        lambda data: changed(data, len(data) - 1),
        lambda data: data[:-1],
        lambda data: data[: HEADER_BYTES + SEALED_PIECE],
        lambda data: data[:HEADER_BYTES],
        lambda data: data + b"more",
        lambda data: data[:HEADER_BYTES] + data[HEADER_BYTES + SEALED_PIECE :],
        lambda data: data[: HEADER_BYTES + SEALED_PIECE] + data[HEADER_BYTES:],
        lambda data: b"PK\x03\x04" + data[4:],
        lambda data: data[:5],
        lambda data: b"",
    ],
)
def test_a_stream_that_is_not_its_own_does_not_open(spoil):
    data = sealed(b"x" * (2 * PIECE + 50))

    with pytest.raises(Tampered):
        opened(spoil(data))


def test_pieces_of_two_streams_do_not_mix():
    one, two = sealed(b"a" * (PIECE + 5)), sealed(b"a" * (PIECE + 5))

    with pytest.raises(Tampered):
        opened(one[: HEADER_BYTES + SEALED_PIECE] + two[HEADER_BYTES + SEALED_PIECE :])


def test_another_purpose_and_another_key_do_not_open(settings, tmp_path):
    data = sealed(b"secret")
    with pytest.raises(Tampered):
        opened(data, "other")

    settings.FIELD_KEYS_FILE = str(tmp_path / "keys.json")
    with pytest.raises(Tampered):
        opened(data)


def test_a_stream_outlives_the_rotation_of_keys(settings, tmp_path):
    settings.FIELD_KEYS_FILE = str(tmp_path / "keys.json")
    data = sealed(b"secret")
    keys.rotate(tmp_path / "keys.json")

    assert opened(data) == b"secret"
    assert opened(sealed(b"new")) == b"new"
