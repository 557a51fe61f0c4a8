"""What is kept on this machine: two SQLite files a profile, and three things in them.

The state file holds the drafts and the journal (`schema.STATE`, opened with synchronous="FULL"), the cache file what
was read (`schema.CACHE`). `database` opens a file and gives it one writer thread; `cache`, `drafts` and `journal` are
what the session asks. Nothing here knows a screen, an endpoint or the network, and nothing here imports more than the
standard library: the cache is read before the first paint.
"""
