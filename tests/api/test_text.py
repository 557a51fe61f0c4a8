"""Nothing that the server sends may steer the terminal."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ngorder_tui.api.endpoint import decode
from ngorder_tui.api.text import clean, clean_all, may_be_unsafe

BIDI = {chr(code) for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
SEPARATORS = {"\u2028", "\u2029", "\ufeff", "\ufff9", "\ufffa", "\ufffb"}


def is_unsafe(char: str) -> bool:
    """Worked out from the Unicode database, not from the pattern that is tested."""
    control = unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\n"
    return control or char in BIDI or char in SEPARATORS


UNSAFE = [char for char in map(chr, range(0x10000)) if is_unsafe(char)]
any_text = st.text(st.one_of(st.characters(), st.characters(categories=["Cs"]), st.sampled_from(UNSAFE)))
terminal_text = st.lists(
    st.one_of(
        st.sampled_from(
            ["\x1b[", "\x1b]", "\x9b", "\x9d", "\x1b\\", "\x9c", "\x07", "\x1b", "31;1m", "2J", "0;title", "?"]
        ),
        any_text,
    ),
    max_size=12,
).map("".join)
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), terminal_text),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(terminal_text, inner, max_size=3)),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Kaos Merah ", "Kaos Merah "),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("dos\r\nlines\rhere", "dos\nlines\nhere"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[2J\x1b[1;1Hgone", "gone"),
        ("\x1b[?1049hscreen", "screen"),
        ("\x9b31mred", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]0;title\x1b\\after", "after"),
        ("\x9d0;title\x9cafter", "after"),
        ("\x1b]8;;https://contoh.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]52;c;aGFpCg==\x07clipboard", "clipboard"),
        ("\x1bPq#0\x1b\\sixel", "sixel"),
        ("\x1b_app\x1b\\command", "command"),
        ("\x1b(0lqk", "lqk"),
        ("\x1bcreset", "reset"),
        ("cut short \x1b[", "cut short "),
        ("cut short \x1b", "cut short "),
        ("bell\x07 null\x00 del\x7f", "bell null del"),
        ("back\x08space", "backspace"),
        ("\u202edlog\u202c \u2066isolated\u2069", "dlog isolated"),
        ("left\u200eright\u200f", "leftright"),
        ("\ufeffmark", "mark"),
        ("half a pair \ud83d", "half a pair "),
        ("line\u2028paragraph\u2029", "lineparagraph"),
        ("👩\u200d👧 e\u0301 ﷽ 漢字", "👩\u200d👧 e\u0301 ﷽ 漢字"),
        ("[red]markup stays text[/red]", "[red]markup stays text[/red]"),
    ],
)
def test_clean(text: str, left: str) -> None:
    assert clean(text) == left


def test_no_unsafe_character_is_left_wherever_it_stands() -> None:
    left = [char for char in UNSAFE if any(map(is_unsafe, clean(f"{char}a{char}b{char}")))]
    assert len(UNSAFE) > 2100
    assert left == []


@given(terminal_text)
def test_clean_leaves_nothing_unsafe_and_is_idempotent(text: str) -> None:
    once = clean(text)
    assert not any(map(is_unsafe, once))
    assert clean(once) == once
    once.encode()


@given(terminal_text)
def test_clean_invents_nothing(text: str) -> None:
    left = iter(text.replace("\r\n", "\n").replace("\r", "\n"))
    assert all(char in left for char in clean(text))


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"])))
def test_clean_leaves_safe_text_alone(text: str) -> None:
    assert clean(text) == text


@given(json_values)
def test_a_quick_look_never_misses_what_clean_would_drop(value: object) -> None:
    if clean_all(value) != value:
        assert may_be_unsafe(json.dumps(value))
        assert may_be_unsafe(json.dumps(value, ensure_ascii=False))


@pytest.mark.parametrize("escaped", [True, False])
def test_a_quick_look_sees_each_unsafe_character(escaped: bool) -> None:
    texts = {char: json.dumps(char, ensure_ascii=escaped) for char in UNSAFE}
    assert [char for char, text in texts.items() if not may_be_unsafe(text)] == []
    capitals = {char: re.sub(r"(?<=\\u)\w{4}", lambda digits: digits[0].upper(), text) for char, text in texts.items()}
    assert [char for char, text in capitals.items() if not may_be_unsafe(text)] == []


@pytest.mark.parametrize("text", ["Kaos Merah", "dua\nbaris", "tab\t", "漢字", "\u200d", "Rp7.800", "C:\\\\new"])
def test_a_quick_look_lets_ordinary_text_pass(text: str) -> None:
    assert not may_be_unsafe(json.dumps(text, ensure_ascii=False))


@given(json_values)
def test_a_decoded_answer_is_the_cleaned_one(value: object) -> None:
    assert decode(json.dumps(value).encode()) == clean_all(value)


def strings(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for key, item in value.items() for text in (key, *strings(item))]
        case list():
            return [text for item in value for text in strings(item)]
    return []


@given(json_values)
def test_keys_and_nested_strings_are_cleaned_too(value: object) -> None:
    assert not any(is_unsafe(char) for text in strings(clean_all(value)) for char in text)


def test_bytes_that_are_no_utf_8_are_read_with_marks_in_their_place() -> None:
    assert decode(b'{"name": "caf\xe9 \x9b31m"}') == {"name": "caf\ufffd \ufffd31m"}


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"a": NaN}', b'{"a": Infinity}', b'{"a": 1', b"\xff\xfe"])
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        decode(body)
