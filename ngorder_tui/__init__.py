"""ngorder-tui: the keyboard-first terminal program for people who sell through Ngorder."""

__version__ = "0.1.0"
