#include "mail/smtp_transport.h"

#include <Poco/Environment.h>
#include <Poco/Net/MailMessage.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SMTPClientSession.h>
#include <fmt/format.h>

#include <stdexcept>

#include "mail/address.h"
#include "mail/smtp_message.h"
#include "net/deadline_watch.h"
#include "net/host_lookup.h"
#include "net/tls_client.h"

namespace parse::mail {
namespace {

using Poco::Net::SMTPClientSession;
using Poco::Net::SMTPException;
using Poco::Net::StreamSocket;

/// One conversation, over a socket that is connected.
class Conversation : public SMTPClientSession {
 public:
  explicit Conversation(const StreamSocket& connected) : SMTPClientSession(connected) {}

  void greet() {
    capabilities_.clear();
    SMTPClientSession::login(Poco::Environment::nodeName(), capabilities_);
  }

  void start_tls(net::TlsClient& tls, const std::string& host) {
    std::string answer;
    const int status = sendCommand("STARTTLS", answer);
    if (!isPositiveCompletion(status)) throw SMTPException("the mail server offers no STARTTLS", answer, status);
    // Whatever was read ahead in the clear is dropped with the old dialog.
    socket() = tls.secure(socket(), host);
  }

  void authenticate(const std::string& user, const std::string& password) {
    if (offers("PLAIN")) {
      loginUsingPlain(user, password);
    } else if (offers("LOGIN")) {
      loginUsingLogin(user, password);
    } else if (offers("CRAM-MD5")) {
      loginUsingCRAMMD5(user, password);
    } else {
      throw SMTPException("the mail server offers neither PLAIN, LOGIN nor CRAM-MD5", capabilities_, 504);
    }
  }

 private:
  bool offers(const std::string& method) const { return capabilities_.find(method) != std::string::npos; }

  std::string capabilities_;
};

Attempt failed(int status, std::string reason) {
  const bool for_ever = status >= 500 && status < 600;
  return {for_ever ? Attempt::Outcome::kRefused : Attempt::Outcome::kTryAgain, one_line(reason)};
}

}  // namespace

struct SmtpTransport::State {
  explicit State(SmtpSettings given)
      : settings(std::move(given)), from(parse_mailbox(settings.from).value_or(Mailbox{})), tls(settings.ca_file) {}

  StreamSocket connect(net::Deadline deadline) const {
    std::string problem = "no address";
    for (const auto& address : net::look_up_host(settings.host, settings.port, deadline)) {
      try {
        const Poco::Timespan limit(settings.timeout.count() * 1000);
        StreamSocket socket;
        socket.connect(address, limit);
        socket.setSendTimeout(limit);
        socket.setReceiveTimeout(limit);
        return socket;
      } catch (const Poco::Exception& error) {
        problem = error.displayText();
      }
    }
    throw std::runtime_error(problem);
  }

  void converse(Conversation& conversation, const Mail& mail) {
    conversation.setTimeout(Poco::Timespan(settings.timeout.count() * 1000));
    conversation.greet();
    if (settings.security == SmtpSecurity::kStartTls) {
      conversation.start_tls(tls, settings.host);
      // What the server can do was said in the clear; it is asked again.
      conversation.greet();
    }
    if (!settings.user.empty()) conversation.authenticate(settings.user, settings.password);
    Poco::Net::MailMessage message;
    fill_message(message, mail, (mail.from ? parse_mailbox(*mail.from) : std::nullopt).value_or(from));
    conversation.sendMessage(message);
    conversation.close();
  }

  void send(const Mail& mail) {
    const net::Deadline deadline = std::chrono::steady_clock::now() + settings.timeout;
    StreamSocket socket = connect(deadline);
    const net::DeadlineWatch::Guard guard(watch, socket.impl()->sockfd(), deadline);
    try {
      if (settings.security == SmtpSecurity::kTls) socket = tls.secure(socket, settings.host);
      Conversation conversation(socket);
      converse(conversation, mail);
    } catch (...) {
      if (guard.expired()) throw std::runtime_error("timed out");
      throw;
    }
  }

  const SmtpSettings settings;
  const Mailbox from;
  net::TlsClient tls;
  net::DeadlineWatch watch;
};

SmtpTransport::SmtpTransport(SmtpSettings settings) : state_(std::make_unique<State>(std::move(settings))) {}
SmtpTransport::~SmtpTransport() = default;

Attempt SmtpTransport::deliver(const Mail& mail) const {
  if (!is_address(mail.to)) return {Attempt::Outcome::kRefused, "the recipient's address cannot be used"};
  try {
    state_->send(mail);
    return {};
  } catch (const SMTPException& error) {
    return failed(error.code(), error.displayText());
  } catch (const Poco::Exception& error) {
    return failed(0, error.displayText());
  } catch (const std::exception& error) {
    return failed(0, error.what());
  }
}

}  // namespace parse::mail
