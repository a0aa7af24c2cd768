#include <fmt/format.h>

#include <charconv>

#include "auth/providers/factories.h"
#include "auth/providers/fields.h"
#include "cache/memory_cache.h"
#include "crypto/base64.h"
#include "crypto/public_key.h"
#include "net/url.h"

namespace parse::auth {
namespace {

constexpr std::size_t kMaxCertificateBytes = 10'000;
constexpr std::chrono::hours kLongestAge{24};
constexpr const char* kRootUrl =
    "https://cacerts.digicert.com/DigiCertTrustedG4CodeSigningRSA4096SHA3842021CA1.crt.pem";

struct GameCenterSettings {
  /// Empty, where insecure providers are allowed: the client says which app it is.
  std::string bundle_id;
  std::string root_url;
};

/// Only Apple's own hosts: a certificate of its authority is not enough when anybody may host it.
bool is_apple_certificate_url(const std::string& text) {
  const auto url = net::parse_url(text);
  if (!url || !url->secure || url->port != 443) return false;
  const bool is_apple = url->host == "apple.com" || url->host.ends_with(".apple.com");
  return is_apple && url->target.ends_with(".cer") && url->target.find('?') == std::string::npos;
}

/// `max-age` of the answer; zero when it does not say.
std::chrono::seconds age_of(const net::HttpResponse& answer) {
  const std::string* control = answer.header("Cache-Control");
  const std::size_t start = control == nullptr ? std::string::npos : control->find("max-age=");
  std::int64_t seconds = 0;
  if (start != std::string::npos) {
    std::from_chars(control->data() + start + 8, control->data() + control->size(), seconds);
  }
  return std::min<std::chrono::seconds>(std::chrono::seconds(std::max<std::int64_t>(seconds, 0)), kLongestAge);
}

std::string big_endian(std::uint64_t number) {
  std::string bytes(8, '\0');
  for (int i = 7; i >= 0; --i, number >>= 8) bytes[static_cast<std::size_t>(i)] = static_cast<char>(number & 0xff);
  return bytes;
}

/// authData: `{"id", "publicKeyUrl", "timestamp", "signature", "salt"}`, what Game Center hands the app: the player's
/// id, signed with a key of Apple. Source: parse-server gcenter.js; Apple,
/// "fetchItems(forIdentityVerificationSignature:)".
class GameCenterProvider final : public Provider {
 public:
  GameCenterProvider(GameCenterSettings settings, const ProviderServices& services)
      : settings_(std::move(settings)), services_(services) {}

  ProviderResult validate(AuthPhase, const object::Object& auth_data, const ProviderRequest&) override {
    const std::string url = need(auth_data, "publicKeyUrl");
    const std::string bundle = settings_.bundle_id.empty() ? need(auth_data, "bundleId") : settings_.bundle_id;
    const std::string text = need(auth_data, "id") + bundle + big_endian(timestamp_of(auth_data)) +
                             crypto::decode_base64(need(auth_data, "salt"));
    const std::string signature = crypto::decode_base64(need(auth_data, "signature"));
    const auto key = certificate_at(url)->public_key();
    if (!key || !key->verifies(crypto::SignatureAlgorithm::kRs256, text, signature))
      throw refused("Invalid signature.");
    return {};
  }

 private:
  using CertificatePointer = std::shared_ptr<const crypto::Certificate>;

  static std::string need(const object::Object& auth_data, std::string_view name) {
    return require_text(auth_data, name, fmt::format("AuthData {} is missing.", name));
  }

  static std::uint64_t timestamp_of(const object::Object& auth_data) {
    const std::string text = id_at(auth_data, "timestamp");
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty()) {
      throw refused("AuthData timestamp is missing.");
    }
    return number;
  }

  CertificatePointer certificate_at(const std::string& url) {
    const Error refusal = refused("Invalid publicKeyUrl.");
    if (!is_apple_certificate_url(url)) throw refusal;
    const std::int64_t now = services_.clock() / 1000;
    CertificatePointer certificate = kept_.get(url);
    if (!certificate) {
      const net::HttpResponse answer = fetch(url, refusal);
      const auto read = crypto::Certificate::read(answer.body);
      if (!read || !read->is_issued_by(*root(now)) || !read->is_valid_at(now)) throw refusal;
      certificate = std::make_shared<const crypto::Certificate>(*read);
      kept_.put(url, certificate, age_of(answer));
    }
    if (!certificate->is_valid_at(now)) throw refusal;
    return certificate;
  }

  CertificatePointer root(std::int64_t now) {
    CertificatePointer certificate = kept_.get(settings_.root_url);
    if (certificate) return certificate;
    const Error refusal = refused("Invalid rootCertificateURL.");
    const auto read = crypto::Certificate::read(fetch(settings_.root_url, refusal).body);
    if (!read || !read->is_valid_at(now)) throw refusal;
    certificate = std::make_shared<const crypto::Certificate>(*read);
    kept_.put(settings_.root_url, certificate, kLongestAge);
    return certificate;
  }

  net::HttpResponse fetch(const std::string& url, const Error& refusal) {
    net::HttpResponse answer = services_.http.send({.url = url, .max_response_bytes = kMaxCertificateBytes});
    if (!answer.ok()) throw Error(refusal.code(), refusal.message(), fmt::format("status {}", answer.status));
    return answer;
  }

  const GameCenterSettings settings_;
  const ProviderServices services_;
  /// By URL; the root among them.
  cache::MemoryCache<crypto::Certificate> kept_{{.max_entries = 50}};
};

}  // namespace

ProviderPointer make_gcenter(const ProviderSetup& setup) {
  SettingReader& setting = setup.setting;
  const bool may_miss = setup.insecure() && !setting.has("bundleId");
  GameCenterSettings settings{
      .bundle_id = may_miss ? "" : setting.text("bundleId"),
      .root_url = setting.has("rootCertificateUrl") ? setting.url("rootCertificateUrl") : kRootUrl};
  return std::make_unique<GameCenterProvider>(std::move(settings), setup.services);
}

}  // namespace parse::auth
