#!/usr/bin/env python3
"""A login provider in a process of its own: users of another system log in with a ticket which that system signed.

authData is {"id": "anna", "ticket": "<hex HMAC-SHA256 of the id with TICKET_KEY>"}. Start it with

    ADAPTER_SECRET=s3cret TICKET_KEY=k3y python3 adapter.py 8085

and give the server this option (docs/login.md):

    auth = {"example": {"http": {"url": "http://127.0.0.1:8085", "methods": ["validateAuthData"], "secret": "s3cret"}}}
"""
import hashlib
import hmac
import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = os.environ["ADAPTER_SECRET"]
KEY = os.environ["TICKET_KEY"].encode()
MAX_BODY = 64 * 1024


def validate_auth_data(auth_data, options, request):
    """Returns what is stored instead of the ticket; raises ValueError, with a text for the client, to refuse."""
    user, ticket = auth_data.get("id"), auth_data.get("ticket")
    if not isinstance(user, str) or not isinstance(ticket, str):
        raise ValueError("id and ticket are needed.")
    expected = hmac.new(KEY, user.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(ticket.encode(), expected.encode()):
        raise ValueError("The ticket is not valid.")
    return {"save": {"id": user}}


METHODS = {"/validateAuthData": validate_auth_data}


class Adapter(BaseHTTPRequestHandler):
    def do_POST(self):
        secret = self.headers.get("X-Parse-Adapter-Secret", "")
        if not hmac.compare_digest(secret.encode(), SECRET.encode()):
            return self.answer(403, {"error": "Only the server may ask."})
        length = int(self.headers.get("Content-Length", 0))
        method = METHODS.get(self.path)
        if method is None or length > MAX_BODY:
            return self.answer(404, {"error": "No such method."})
        try:
            arguments = json.loads(self.rfile.read(length))["args"]
            return self.answer(200, {"result": method(*arguments)})
        except ValueError as refusal:
            return self.answer(200, {"error": {"code": 101, "message": str(refusal)}})

    def answer(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *arguments):
        """Quiet: tickets do not belong into logs."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Adapter)
    print(f"listening on {server.server_port}.", flush=True)
    server.serve_forever()
