"""Sensitive columns: encrypted with the row's key as their place, found again by a keyed blind index.

`ver(1) | alg(1) | kid(2) | nonce(12) | ciphertext | tag(16)`; bound to `model.field|row uuid|kid`, so a value
moved to another row, column or key does not open (security.md 6.1).
"""

import logging
import re
import secrets
import unicodedata
from typing import Any

from django.core import checks
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from core import ciphers, keys
from core.ciphers import Tampered

VERSION = 1
HEADER_BYTES = 4 + ciphers.NONCE_BYTES
FORBIDDEN = "加密字段 {field} 不能用 {what}：请取整行对象，查找用盲索引列。"

logger = logging.getLogger(__name__)


class Sealed(bytes):
    """A column's ciphertext, as it lies in the database."""


def encrypt(purpose: str, place: str, text: str) -> Sealed:
    """Seal a text for one place with the current key; the empty text stays empty."""
    if not text:
        return Sealed()
    kid, algorithm = keys.ring().current, ciphers.preferred()
    nonce = secrets.token_bytes(ciphers.NONCE_BYTES)
    key = _key(kid, purpose, algorithm)
    body = ciphers.seal(algorithm, key, nonce, text.encode(), _bound(place, kid))
    return Sealed(bytes([VERSION, algorithm]) + kid.to_bytes(2) + nonce + body)


def decrypt(purpose: str, place: str, sealed: bytes) -> str:
    """Open what `encrypt` sealed for the same purpose and place; `Tampered` otherwise."""
    if not sealed:
        return ""
    if len(sealed) < HEADER_BYTES + ciphers.TAG_BYTES:
        raise Tampered("密文不完整。")
    version, algorithm, kid = sealed[0], sealed[1], int.from_bytes(sealed[2:4])
    known = version == VERSION and algorithm in ciphers.KEY_BYTES and kid in keys.ring().keys
    if not known:
        raise Tampered(f"密文的版本、算法或密钥编号（{kid}）不认识，可能缺少旧密钥。")
    nonce, body = sealed[4:HEADER_BYTES], sealed[HEADER_BYTES:]
    return ciphers.unseal(algorithm, _key(kid, purpose, algorithm), nonce, body, _bound(place, kid)).decode()


def blind_index(field: str, value: str) -> bytes:
    """盲索引: HMAC-SM3 of a normalised value, 32 bytes; only equality of values shows."""
    key = keys.derived(keys.ring().index_kid, f"bi.{field}", 32)
    return ciphers.hmac_sm3(key, f"{field}|{normalise(value)}".encode())


def normalise(value: str) -> str:
    """One spelling of a number: NFKC, no blanks or dashes, upper case, phones without +86."""
    plain = re.sub(r"[\s\-‐-―]", "", unicodedata.normalize("NFKC", value)).upper()
    return re.sub(r"^(?:\+86|0086)(?=1\d{10}$)", "", plain)


class EncryptedAttribute(DeferredAttribute):
    """Opens the column when it is read, with the row's key; untouched columns are never opened."""

    field: "EncryptedTextField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            return super().__get__(instance, cls)
        value = instance.__dict__[name]
        if isinstance(value, Sealed):
            value = instance.__dict__[name] = self.field.open(instance, value)
        return value

    def __set__(self, instance: models.Model, value: str | None) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.Field):
    """加密文本 in a `bytea`. The row has a UUID primary key made by the application (its place in the seal).

    Queries see ciphertext only: `values()`, `update()`, `F()`, `bulk_update()` and every look-up but `isnull`
    raise. Uniqueness and search go through a `BinaryField` filled by `blind_index`.
    """

    descriptor_class = EncryptedAttribute

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"purpose": self.purpose}

    def get_internal_type(self) -> str:
        return "BinaryField"

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        problems = super().check(**kwargs)
        if not isinstance(self.model._meta.pk, models.UUIDField):
            problems.append(checks.Error("有加密字段的表必须用 UUIDField 主键。", obj=self, id="core.E910"))
        return problems

    def place(self, instance: models.Model) -> str:
        """Where a value belongs: `model.field|row uuid`."""
        return f"{self.model._meta.label_lower}.{self.name}|{instance.pk}"

    def open(self, instance: models.Model, sealed: Sealed) -> str:
        """Decrypt the column of this row; a seal that does not fit is reported and never shown as text."""
        try:
            return decrypt(self.purpose, self.place(instance), sealed)
        except Tampered:
            logger.error("密文校验失败 %s", self.place(instance))
            raise

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        return encrypt(self.purpose, self.place(model_instance), str(value))

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, Sealed):
            return value
        raise TypeError(FORBIDDEN.format(field=self, what="update() 或条件查询"))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        value = value if prepared else self.get_prep_value(value)
        return value if value is None else connection.Database.Binary(value)

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        if hasattr(value, "as_sql"):
            raise TypeError(FORBIDDEN.format(field=self, what="F() 或表达式"))
        return "%s"

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise TypeError(FORBIDDEN.format(field=self, what="条件查询"))
        return super().get_lookup(lookup_name)

    def select_format(self, compiler: Any, sql: str, params: Any) -> Any:
        query = compiler.query
        named = self.name in {name.rpartition("__")[2] for name in query.values_select}
        if named or any(getattr(each, "target", None) is self for each in query.annotation_select.values()):
            raise TypeError(FORBIDDEN.format(field=self, what="values() 或 F()"))
        return super().select_format(compiler, sql, params)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(FORBIDDEN.format(field=self, what="dumpdata"))


def _key(kid: int, purpose: str, algorithm: int) -> bytes:
    return keys.derived(kid, f"{purpose}|{algorithm}", ciphers.KEY_BYTES[algorithm])


def _bound(place: str, kid: int) -> bytes:
    return f"{place}|{kid}".encode()
