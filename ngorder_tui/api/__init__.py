"""The Ngorder API as data: endpoints, their models, and the client that sends them. Knows no screen and no database."""
