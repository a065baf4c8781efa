"""A second database on the same server, and everything that is remembered in files, for a while."""

from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from dashboard.operations import postgres


def _server(statement):
    address = postgres._address() | {"dbname": "postgres"}
    with psycopg.connect(**address, autocommit=True) as link:
        link.execute(statement)


@contextmanager
def elsewhere(folder):
    """Inside, `connection` and MEDIA_ROOT are those of another, empty machine with the same keys."""
    home, media, anchor = (
        connection.settings_dict["NAME"],
        settings.MEDIA_ROOT,
        settings.AUDIT_ANCHOR_FILE,
    )
    name = f"{home}_elsewhere"
    _server(sql.SQL("drop database if exists {}").format(sql.Identifier(name)))
    _server(sql.SQL("create database {}").format(sql.Identifier(name)))
    settings.MEDIA_ROOT, settings.AUDIT_ANCHOR_FILE = folder / "media", str(folder / "anchor.jsonl")
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield name
    finally:
        connection.close()
        connection.settings_dict["NAME"] = home
        settings.MEDIA_ROOT, settings.AUDIT_ANCHOR_FILE = media, anchor
        _server(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
