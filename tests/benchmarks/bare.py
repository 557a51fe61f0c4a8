"""The yardstick: the least that a Textual app with a table is. Header, footer, a hundred rows, nothing else."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Footer, Header

STATES = ("UNPAID", "NO AWB", "ON PROCESS", "DELIVERED")


class Bare(App[None]):
    """A DataTable of invented orders."""

    BINDINGS = [("q", "quit", "Quit"), ("r", "refresh", "Refresh"), ("slash", "search", "Search")]

    def compose(self) -> ComposeResult:
        """Header, table, footer."""
        yield Header()
        yield DataTable[str](cursor_type="row")
        yield Footer()

    def on_mount(self) -> None:
        """A hundred rows of eight columns."""
        table: DataTable[str] = self.query_one(DataTable)
        table.add_columns("PO", "Date", "Receiver", "Courier", "Total", "Paid", "Status", "AWB")
        for number in range(100):
            table.add_row(
                str(10000 + number), f"{number % 28 + 1} Nov", f"Receiver {number * 37 % 91}", "JNE REG",
                f"Rp{number * 1370 % 900}.000", "PAID", STATES[number % 4], f"NG{number:010}",
            )  # fmt: skip


if __name__ == "__main__":
    Bare().run()
