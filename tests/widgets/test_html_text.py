"""The service's HTML as text: emphasis and lines stay, everything else of it goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ngorder_tui.widgets.html_text import html_content, html_plain


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("plain", "plain"),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
        ("  many \n\t blanks  ", " many blanks"),
        ("a &amp; b &lt;c&gt; &#233; &nbsp;d", "a & b <c> é d"),
        ("<script>steal()</script>said<style>p{}</style>", "said"),
        ("<head><title>x</title></head>said", "said"),
        ("<b>unclosed <i>and <p>broken", "unclosed and \nbroken"),
        ("</b></p>stray ends", "stray ends"),
        ('<a href="javascript:x()" onclick="y()">link</a><img src="https://x.example/1.png">', "link"),
        ("[red]no markup[/x]", "[red]no markup[/x]"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
    ],
)
def test_what_is_left_of_html(html: str, text: str) -> None:
    assert html_plain(html) == text


def test_nothing_in_it_steers_a_terminal() -> None:
    hostile = "a\x1b[31m\x1b]52;c;eA==\x07\x9b2J<b>\u202eb&#27;[0m&#x9b;2J</b>&#0;c"
    plain = html_plain(hostile)
    assert plain.isprintable()
    assert plain.replace("\ufffd", "").startswith("ab")


def test_emphasis_stays() -> None:
    content = html_content("plain <strong>loud <em>both</em></strong> <i>soft</i>")
    assert content.plain == "plain loud both soft"
    styles = {content.plain[span.start : span.end]: str(span.style) for span in content.spans}
    assert styles["loud "] == "bold"
    assert set(styles["both"].split()) == {"bold", "italic"}
    assert styles["soft"] == "italic"
    assert not any("plain" in text for text in styles)


@given(st.text(alphabet=st.sampled_from("<>/&;#bpi!-[]\"'= \n\x1b\x9bax0"), max_size=60))
def test_any_text_is_read_without_a_fault(html: str) -> None:
    plain = html_plain(html)
    assert plain.replace("\n", "").isprintable()
