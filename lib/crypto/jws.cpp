#include "crypto/jws.h"

#include "crypto/base64.h"

namespace parse::crypto {

std::optional<Jws> parse_jws(std::string_view text) {
  const std::size_t first = text.find('.');
  const std::size_t second = first == std::string_view::npos ? first : text.find('.', first + 1);
  if (text.size() > kMaxJwsBytes || second == std::string_view::npos) return std::nullopt;
  auto header = decode_base64url(text.substr(0, first));
  auto payload = decode_base64url(text.substr(first + 1, second - first - 1));
  auto signature = decode_base64url(text.substr(second + 1));
  if (!header || !payload || !signature) return std::nullopt;
  return Jws{.header = std::move(*header),
             .payload = std::move(*payload),
             .signed_text = std::string(text.substr(0, second)),
             .signature = std::move(*signature)};
}

}  // namespace parse::crypto
