"""Workers begun the one way: a named group, no exit on error, and nothing half begun that nobody ever awaits."""

from __future__ import annotations

from collections.abc import Callable, Coroutine

from textual.dom import DOMNode
from textual.worker import Worker


def begin(
    node: DOMNode, work: Callable[[], Coroutine[None, None, None]], group: str, *, exclusive: bool = False
) -> Worker[None]:
    """Run this beside everything else; `exclusive` cancels what the node runs in the group.

    The work is called when the worker starts: one that is cancelled before that has no coroutine left over.
    """
    worker: Worker[None] = node.run_worker(work, group=group, exclusive=exclusive, exit_on_error=False)
    return worker
