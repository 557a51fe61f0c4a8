"""The tables of both files, as numbered migrations: script n brings a file from version n to n + 1.

A script that has been released is never changed; a new one is added after it.
"""

from __future__ import annotations

CACHE = (
    """
    CREATE TABLE kept (
        id INTEGER PRIMARY KEY,
        scope TEXT NOT NULL,
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        at TEXT NOT NULL,
        used_at INTEGER NOT NULL,
        size INTEGER NOT NULL,
        UNIQUE (scope, kind, key)
    );
    CREATE INDEX kept_by_use ON kept (used_at, size);
    CREATE TABLE body (
        id INTEGER PRIMARY KEY,
        body BLOB NOT NULL
    );
    """,
)
"""The cache. `used_at` is microseconds since 1970, `size` bytes; bodies lie apart so that a use rewrites no body."""

STATE = (
    """
    CREATE TABLE draft (
        kind TEXT NOT NULL,
        draft_id TEXT NOT NULL,
        content TEXT NOT NULL,
        focus TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        turn INTEGER NOT NULL,
        PRIMARY KEY (kind, draft_id)
    );
    CREATE INDEX draft_by_turn ON draft (turn);
    CREATE TABLE intent (
        n INTEGER PRIMARY KEY AUTOINCREMENT,
        endpoint TEXT NOT NULL,
        arguments TEXT NOT NULL,
        title TEXT NOT NULL,
        state TEXT NOT NULL
            CHECK (state IN ('draft', 'queued', 'sending', 'done', 'refused', 'unknown', 'dropped')),
        note TEXT NOT NULL DEFAULT '',
        answer BLOB,
        begun_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        owner_pid INTEGER NOT NULL,
        owner_start TEXT NOT NULL,
        owner_token TEXT NOT NULL
    );
    CREATE INDEX intent_by_state ON intent (state, n);
    """,
    """
    CREATE TABLE seen (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        at TEXT NOT NULL,
        UNIQUE (kind, key)
    );
    """,
    """
    ALTER TABLE intent ADD COLUMN draft_kind TEXT;
    ALTER TABLE intent ADD COLUMN draft_id TEXT;
    CREATE INDEX intent_by_draft ON intent (draft_kind, draft_id, n);
    CREATE TABLE outbox (
        n INTEGER PRIMARY KEY,
        place INTEGER NOT NULL,
        is_held INTEGER NOT NULL DEFAULT 0,
        not_before TEXT,
        why TEXT NOT NULL DEFAULT '',
        facts TEXT NOT NULL DEFAULT '{}'
    );
    CREATE TABLE outbox_mode (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        by_hand INTEGER NOT NULL
    );
    """,
)
"""Drafts, journal, what was looked at, the outbox.

`turn` counts the saves: a clock set back does not change the order. `place` is where a held write stands; one that is
queued without a row in `outbox` is held.
"""
