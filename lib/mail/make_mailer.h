#pragma once

#include <memory>

#include "mail/mailer.h"
#include "mail/settings.h"
#include "net/http_client.h"

namespace parse::mail {

/// The mailer that the settings describe. `client` must outlive it; it is used for adapters in other processes.
std::unique_ptr<Mailer> make_mailer(MailSettings settings, net::HttpClient& client);

}  // namespace parse::mail
