#include <fmt/format.h>

#include <cmath>
#include <ctime>
#include <optional>

#include "apps/parsectl/checkup.h"
#include "apps/parsectl/lookup.h"
#include "apps/parsectl/security_findings.h"
#include "apps/parsectl/time_input.h"
#include "client/http_transport.h"
#include "object/json.h"

namespace parse::ctl {
namespace {

using client::Answer;
using object::Object;

/// Tokens and mails carry times; the Date header has whole seconds.
constexpr Milliseconds kMostSkew = 5000;

Object object_in(const Answer& answer) {
  const auto value = object::try_parse_json(answer.body);
  const Object* found = value ? value->get_if<Object>() : nullptr;
  return found ? *found : Object();
}

/// "Sun, 06 Nov 1994 08:49:37 GMT"
std::optional<Milliseconds> read_http_date(const std::string& text) {
  std::tm parts{};
  const char* end = ::strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  if (end == nullptr || *end != '\0') return std::nullopt;
  return static_cast<Milliseconds>(::timegm(&parts)) * 1000;
}

/// The header says a second within which the answer was made, at some moment between the two given ones.
void check_clock(const Answer& answer, Milliseconds asked, Milliseconds answered, Checkup& checkup) {
  const auto date = read_http_date(answer.header("Date"));
  if (!date) {
    checkup.skipped.emplace_back("the clock of the server, since its answer has no date");
    return;
  }
  Milliseconds skew = 0;
  if (*date > answered) skew = *date - answered;
  if (*date + 1000 < asked) skew = *date + 1000 - asked;
  checkup.add(std::abs(skew) > kMostSkew, {"clock",
                                           fmt::format("the clock of the server is {} s {} the one here",
                                                       std::abs(skew) / 1000, skew > 0 ? "ahead of" : "behind"),
                                           "let a time service set both clocks: sessions and tokens end by them"});
}

bool is_this_machine(const std::string& url) {
  const std::string host = url.substr(url.find("://") + 3);
  return host.starts_with("localhost") || host.starts_with("127.") || host.starts_with("[::1]");
}

void check_encryption(const Patient& patient, Checkup& checkup) {
  checkup.add(
      patient.url.starts_with("http://") && !is_this_machine(patient.url),
      {patient.name, fmt::format("{} is not encrypted: everybody on the way can read keys and passwords", patient.url),
       "put TLS in front (tlsCert and tlsKey, or a proxy) and write https://"});
}

/// True when a healthy Parse Server answered.
bool check_health(const Patient& patient, client::RestClient& server, Checkup& checkup) {
  const Milliseconds asked = now_in_milliseconds();
  Answer answer;
  try {
    answer = server.send({.path = "/health"});
  } catch (const client::Unreachable& error) {
    checkup.add(true, {patient.name, error.message(),
                       "start the server, or correct the URL: host, port, and what a firewall lets through"});
    return false;
  }
  const Milliseconds answered = now_in_milliseconds();
  const std::string status = text_at(object_in(answer), "status");
  checkup.add(status.empty(), {patient.name,
                               fmt::format("somebody answers at {}, but not like a Parse Server (status {})",
                                           patient.url, answer.status),
                               "end the URL in the mountPath of the server, such as /parse"});
  if (status.empty()) return false;
  checkup.add(status != "ok", {patient.name, fmt::format("the server answers that it is '{}', not 'ok'", status),
                               "see its log, and whether its database can be reached"});
  check_clock(answer, asked, answered, checkup);
  return status == "ok";
}

bool check_keys(const Patient& patient, client::RestClient& server, Checkup& checkup) {
  const Answer answer = server.send({.path = "/serverInfo"});
  const bool is_good = answer.status == 200;
  checkup.add(!is_good, {"masterKey",
                         fmt::format("{} does not accept the application id with the master key from here (status {})",
                                     patient.url, answer.status),
                         "check appId and masterKey, and that masterKeyIps has the address of this machine"});
  return is_good;
}

void check_report(client::RestClient& server, Checkup& checkup) {
  const Answer answer = server.send({.path = "/security"});
  if (answer.status == 200) return add_security_findings(object_in(answer), checkup);
  checkup.skipped.emplace_back(
      "the settings that the server runs with: it reports them with security.enableCheck only");
}

}  // namespace

void check_server(const Patient& patient, Checkup& checkup) {
  client::RestClient server(client::connect({.server_url = patient.url, .timeout = patient.timeout}), patient.keys);
  check_encryption(patient, checkup);
  if (!check_health(patient, server, checkup)) return;
  if (patient.keys.app_id.empty() || patient.keys.master_key.empty()) return;
  if (!check_keys(patient, server, checkup)) return;
  check_report(server, checkup);
  check_hooks(server, patient.has_webhook_key, checkup);
  check_missing_indexes(server, checkup);
}

}  // namespace parse::ctl
