"""One module a chapter of the reference: its models, then its endpoints."""
