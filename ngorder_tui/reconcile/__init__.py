"""A write whose answer is unknown: look for its effect and show it beside the intent. A person decides.

`desk.reconcile` takes a number of the journal, finds the looker of its endpoint (`lookers`), and gives its Evidence:
landed, not seen, ambiguous, or cannot tell, in sentences. Lookers only read: nothing in this room sends a write.

When something was made is the server's word, by the server's clock; a few minutes are allowed for its difference from
this machine's (`effects.ALLOWANCE`). "Landed" is said only of a single effect that fits, that was not there before
the write was begun, and that no other write of the journal may have caused.
"""
