"""A mail server on the loopback address for tests: STARTTLS and a password are required, every mail is printed.

Arguments: certificate file, key file, user, password. Prints one JSON object a line: {"port": n} when it listens, then
{"from", "to", "subject", "text"} for each mail. Ends when its input does.
"""
import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


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


def authenticator_for(user, password):
    def authenticate(server, session, envelope, mechanism, data):
        good = data.login == user.encode() and data.password == password.encode()
        return AuthResult(success=good, auth_data=user)

    return authenticate


async def main(certificate, key, user, password):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    loop = asyncio.get_running_loop()

    def conversation():
        return SMTP(Mailbox(), hostname="localhost", tls_context=context, require_starttls=True, auth_required=True,
                    authenticator=authenticator_for(user, password), loop=loop)

    server = await loop.create_server(conversation, "127.0.0.1", 0)
    tell({"port": server.sockets[0].getsockname()[1]})
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(main(*sys.argv[1:]))
