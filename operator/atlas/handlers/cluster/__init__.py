"""The API server: its connection, requests, watches, Events, and what the operator keeps there."""
