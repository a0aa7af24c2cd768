"""A mail server on the loopback address for tests: STARTTLS and a password are required, every mail is printed.

Arguments: certificate file, key file, user, password. Prints one JSON object a line: {"port": n} when it listens, then
{"from", "to", "subject", "text"} for each mail. Ends when its input does.
"""
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


def tell(message):
    print(json.dumps(message), flush=True)


class Mailbox:
    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        tell({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "subject": message["Subject"],
            "text": message.get_body(("plain",)).get_content(),
            "secure": session.ssl is not None,
            "user": session.auth_data,
        })
        return "250 kept"


def main(certificate, key, user, password):
    def authenticate(server, session, envelope, mechanism, data):
        good = data.login == user.encode() and data.password == password.encode()
        return AuthResult(success=good, auth_data=user)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    controller = Controller(Mailbox(), hostname="127.0.0.1", port=0, tls_context=context, require_starttls=True,
                            auth_required=True, authenticator=authenticate)
    # Port 0 lets the system choose; the controller's own check would connect to that very number.
    controller._trigger_server = lambda: None
    controller.start()
    tell({"port": controller.server.sockets[0].getsockname()[1]})
    sys.stdin.read()
    controller.stop()


main(*sys.argv[1:])
