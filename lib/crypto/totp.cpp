#include "crypto/totp.h"

#include "crypto/compare.h"

namespace parse::crypto {
namespace {

/// The password for counter `step` (RFC 4226).
std::string hotp(const TotpSettings& settings, std::string_view secret, std::uint64_t step) {
  std::string counter(8, '\0');
  for (int i = 7; i >= 0; --i, step >>= 8) counter[static_cast<std::size_t>(i)] = static_cast<char>(step & 0xff);
  const std::string mac = hmac(settings.hash, secret, counter);
  const auto byte = [&mac](std::size_t i) { return static_cast<std::uint64_t>(static_cast<unsigned char>(mac[i])); };
  const std::size_t offset = byte(mac.size() - 1) & 15;
  std::uint64_t number =
      ((byte(offset) & 0x7f) << 24) | (byte(offset + 1) << 16) | (byte(offset + 2) << 8) | byte(offset + 3);
  std::string password(static_cast<std::size_t>(settings.digits), '0');
  for (auto digit = password.rbegin(); digit != password.rend(); ++digit, number /= 10) {
    *digit = static_cast<char>('0' + number % 10);
  }
  return password;
}

}  // namespace

std::string totp(const TotpSettings& settings, std::string_view secret, std::chrono::seconds time) {
  return hotp(settings, secret, static_cast<std::uint64_t>(time / settings.period));
}

bool totp_matches(const TotpSettings& settings, std::string_view secret, std::string_view password,
                  std::chrono::seconds time) {
  const auto step = static_cast<std::uint64_t>(time / settings.period);
  bool matches = false;
  for (const std::uint64_t tried : {step - 1, step, step + 1}) {
    matches |= equal_secrets(password, hotp(settings, secret, tried));
  }
  return matches;
}

}  // namespace parse::crypto
