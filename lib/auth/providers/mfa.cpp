#include "auth/providers/mfa.h"

#include <algorithm>

#include "auth/providers/factories.h"
#include "auth/providers/fields.h"
#include "crypto/base64.h"
#include "crypto/compare.h"
#include "crypto/random.h"
#include "net/remote_adapter.h"

namespace parse::auth {
namespace {

constexpr std::size_t kLeastSecret = 20;
constexpr std::size_t kRecoveryLength = 30;
constexpr std::size_t kMaxMobile = 40;

Error failed(std::string message) { return Error(ErrorCode::kScriptFailed, std::move(message)); }

/// What the user has stored for this provider; empty when there is nothing.
object::Object stored_of(const ProviderRequest& request) {
  const object::Value* all = request.user == nullptr ? nullptr : request.user->find("authData");
  const auto* by_provider = all == nullptr ? nullptr : all->get_if<object::Object>();
  const object::Value* own = by_provider == nullptr ? nullptr : by_provider->find("mfa");
  const auto* stored = own == nullptr ? nullptr : own->get_if<object::Object>();
  return stored == nullptr ? object::Object{} : *stored;
}

/// `+`, digits, then digits and separators, with brackets around the first digits.
bool is_mobile(std::string_view text) {
  if (text.size() > kMaxMobile) return false;
  while (text.starts_with('+')) text.remove_prefix(1);
  if (text.starts_with('(')) text.remove_prefix(1);
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0) return false;
  text.remove_prefix(std::min<std::size_t>(digits, 3));
  if (text.starts_with(')')) text.remove_prefix(1);
  return text.find_first_not_of("0123456789-./ \t") == std::string_view::npos;
}

std::string random_digits(int count) {
  std::string digits;
  while (digits.size() < static_cast<std::size_t>(count)) {
    for (const char c : crypto::random_alphanumeric(32)) {
      if (c >= '0' && c <= '9' && digits.size() < static_cast<std::size_t>(count)) digits.push_back(c);
    }
  }
  return digits;
}

/// Whether `sent`, `{"token", "expiry"}`, is what was sent by SMS, in its time.
bool is_sent_token(const object::Object& sent, const std::string& token, Milliseconds now) {
  const std::string expected = text_at(sent, "token");
  const object::Value* expiry = sent.find("expiry");
  const auto* until = expiry == nullptr ? nullptr : expiry->get_if<object::Date>();
  return !expected.empty() && crypto::equal_secrets(token, expected) && until != nullptr && now <= until->time;
}

}  // namespace

MfaProvider::MfaProvider(MfaSettings settings, const ProviderServices& services)
    : settings_(std::move(settings)), services_(services) {}

ProviderPolicy MfaProvider::policy(const object::Object* stored) const {
  const bool only_pending = stored != nullptr && stored->size() == 1 && stored->contains("pending");
  return settings_.send_sms && only_pending ? ProviderPolicy::kDefault : ProviderPolicy::kAdditional;
}

object::Object MfaProvider::after_find(object::Object stored, bool is_master) const {
  if (is_master) return stored;
  const bool enabled =
      (settings_.totp && stored.contains("secret")) || (settings_.send_sms && stored.contains("mobile"));
  return object::Object{{"status", enabled ? "enabled" : "disabled"}};
}

ProviderResult MfaProvider::validate(AuthPhase phase, const object::Object& auth_data, const ProviderRequest& request) {
  switch (phase) {
    case AuthPhase::kSetUp:
      return set_up(auth_data);
    case AuthPhase::kLogin:
      return log_in(auth_data, stored_of(request));
    case AuthPhase::kUpdate:
      break;
  }
  return request.is_master ? ProviderResult{} : update(auth_data, stored_of(request));
}

ProviderResult MfaProvider::set_up(const object::Object& auth_data) {
  const std::string mobile = text_at(auth_data, "mobile");
  if (settings_.send_sms && !mobile.empty()) return set_up_sms(mobile);
  if (settings_.totp) return set_up_totp(auth_data);
  throw failed("Invalid MFA data");
}

ProviderResult MfaProvider::set_up_totp(const object::Object& auth_data) {
  const std::string secret = text_at(auth_data, "secret");
  const std::string token = text_at(auth_data, "token");
  if (token.empty() || secret.size() < kLeastSecret) throw failed("Invalid MFA data");
  if (!is_current_password(secret, token)) throw failed("Invalid MFA token");
  const std::string first = crypto::random_alphanumeric(kRecoveryLength);
  const std::string second = crypto::random_alphanumeric(kRecoveryLength);
  return {.save = object::Object{{"secret", secret}, {"recovery", object::Array{first, second}}},
          .response = object::Object{{"recovery", first + ", " + second}}};
}

ProviderResult MfaProvider::set_up_sms(const std::string& mobile) {
  return {.save = object::Object{{"pending", object::Object{{mobile, send_token(mobile)}}}}};
}

ProviderResult MfaProvider::log_in(const object::Object& auth_data, const object::Object& stored) {
  const std::string token = text_at(auth_data, "token");
  if (settings_.send_sms && stored.contains("mobile")) return log_in_by_sms(token, stored);
  if (settings_.totp) return log_in_by_totp(token, stored);
  return {.do_not_save = true};
}

ProviderResult MfaProvider::log_in_by_sms(const std::string& token, const object::Object& stored) {
  object::Object kept = stored;
  if (token == "request") {
    for (object::Member& member : send_token(text_at(stored, "mobile"))) kept.set(member.key, std::move(member.value));
    return {.save = std::move(kept), .fail_after_save = failed("Please enter the token")};
  }
  if (!is_sent_token(stored, token, services_.clock())) throw failed("Invalid MFA token");
  kept.erase("token");
  kept.erase("expiry");
  return {.save = std::move(kept), .single_use = true};
}

ProviderResult MfaProvider::log_in_by_totp(const std::string& token, const object::Object& stored) {
  if (token.empty()) throw failed("Invalid MFA token");
  const std::string secret = text_at(stored, "secret");
  if (secret.empty()) return {.do_not_save = true};
  const object::Value* codes = stored.find("recovery");
  object::Array left;
  bool used = false;
  for (const object::Value& code :
       codes != nullptr && codes->is<object::Array>() ? codes->as<object::Array>() : object::Array{}) {
    const auto* text = code.get_if<std::string>();
    const bool matches = !used && text != nullptr && !text->empty() && crypto::equal_secrets(token, *text);
    used |= matches;
    if (!matches) left.push_back(code);
  }
  if (used) {
    object::Object kept = stored;
    kept.set("recovery", std::move(left));
    return {.save = std::move(kept), .single_use = true};
  }
  if (!is_current_password(secret, token)) throw failed("Invalid MFA token");
  return {.do_not_save = true};
}

ProviderResult MfaProvider::update(const object::Object& auth_data, const object::Object& stored) {
  if (settings_.send_sms && auth_data.contains("mobile")) {
    if (text_at(auth_data, "token").empty()) throw failed("MFA is already set up on this account");
    return confirm_mobile(auth_data, stored);
  }
  if (!settings_.totp) throw failed("Invalid MFA data");
  const ProviderResult proof = log_in_by_totp(text_at(auth_data, "old"), stored);
  ProviderResult result = set_up_totp(auth_data);
  result.single_use = proof.single_use;
  return result;
}

ProviderResult MfaProvider::confirm_mobile(const object::Object& auth_data, const object::Object& stored) {
  const std::string mobile = text_at(auth_data, "mobile");
  object::Object kept = stored;
  object::Value* pending = kept.find("pending");
  auto* numbers = pending == nullptr ? nullptr : pending->get_if<object::Object>();
  const object::Value* entry = numbers == nullptr ? nullptr : numbers->find(mobile);
  const auto* sent = entry == nullptr ? nullptr : entry->get_if<object::Object>();
  if (sent == nullptr) throw failed("This number is not pending");
  if (!is_sent_token(*sent, text_at(auth_data, "token"), services_.clock())) throw failed("Invalid MFA token");
  numbers->erase(mobile);
  kept.set("mobile", mobile);
  return {.save = std::move(kept), .single_use = true};
}

object::Object MfaProvider::send_token(const std::string& mobile) {
  if (!is_mobile(mobile)) throw failed("Invalid mobile number.");
  const std::string token = random_digits(settings_.passwords.digits);
  settings_.send_sms(token, mobile);
  const Milliseconds period = std::chrono::milliseconds(settings_.passwords.period).count();
  return {{"token", token}, {"expiry", object::Date{services_.clock() + period}}};
}

bool MfaProvider::is_current_password(const std::string& secret, const std::string& token) const {
  const auto bytes = crypto::decode_base32(secret);
  const std::chrono::seconds now(services_.clock() / 1000);
  return bytes && crypto::totp_matches(settings_.passwords, *bytes, token, now);
}

namespace {

/// `sendSMS: {"http": {…, "methods": ["sendSMS"]}}`.
std::function<void(const std::string&, const std::string&)> read_sender(const ProviderSetup& setup) {
  const object::Value* given = setup.setting.value("sendSMS");
  const auto* setting = given == nullptr ? nullptr : given->get_if<object::Object>();
  const object::Value* http = setting == nullptr ? nullptr : setting->find("http");
  if (http == nullptr) {
    setup.setting.add_problem("needs sendSMS, {\"http\": …}, when options holds SMS");
    return {};
  }
  const auto remote = std::make_shared<net::RemoteAdapter>(
      net::read_remote_adapter(*http, setup.setting.option() + ".sendSMS", setup.setting.problems()),
      setup.services.http);
  if (!remote->has("sendSMS")) setup.setting.add_problem("needs sendSMS among sendSMS.http.methods");
  return [remote](const std::string& token, const std::string& mobile) {
    remote->call("sendSMS", object::Array{token, mobile});
  };
}

}  // namespace

ProviderPointer make_mfa(const ProviderSetup& setup) {
  SettingReader& setting = setup.setting;
  MfaSettings settings;
  for (const std::string& kind : setting.texts("options")) {
    if (kind == "TOTP") {
      settings.totp = true;
    } else if (kind == "SMS") {
      settings.send_sms = read_sender(setup);
    } else {
      setting.add_problem("takes TOTP and SMS as options, not " + kind);
    }
  }
  constexpr std::int64_t kLongestPeriod = 3600;
  settings.passwords.digits = static_cast<int>(setting.integer("digits", 6, 4, 10));
  settings.passwords.period = std::chrono::seconds(setting.integer("period", 30, 10, kLongestPeriod));
  const auto hash = crypto::hash_named(setting.optional_text("algorithm").value_or("SHA1"));
  if (!hash) setting.add_problem("takes SHA1, SHA256 or SHA512 as algorithm");
  settings.passwords.hash = hash.value_or(crypto::Hash::kSha1);
  setting.value("sendSMS");
  return std::make_unique<MfaProvider>(std::move(settings), setup.services);
}

}  // namespace parse::auth
