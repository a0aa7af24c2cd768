#include "net/url.h"

#include <algorithm>
#include <charconv>

namespace parse::net {
namespace {

bool is_unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.' || c == '~';
}

/// Visible ASCII: what may stand in a request line or a field.
bool is_visible(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f; });
}

bool is_host(std::string_view host, bool bracketed) {
  if (host.empty()) return false;
  return std::all_of(host.begin(), host.end(), [bracketed](char c) {
    return bracketed ? (std::string_view("0123456789abcdefABCDEF:.").find(c) != std::string_view::npos)
                     : (is_unreserved(c) && c != '~');
  });
}

/// Reads `host` or `host:port` into `url`, whose usual port is set.
bool read_authority(std::string_view text, Url& url) {
  const bool bracketed = text.starts_with('[');
  const std::size_t end = bracketed ? text.find(']') : text.find(':');
  if (bracketed && end == std::string_view::npos) return false;
  const std::string_view host = bracketed ? text.substr(1, end - 1) : text.substr(0, end);
  if (!is_host(host, bracketed)) return false;
  url.host = host;
  std::string_view rest = end == std::string_view::npos ? "" : text.substr(bracketed ? end + 1 : end);
  if (rest.empty()) return true;
  if (!rest.starts_with(':')) return false;
  rest.remove_prefix(1);
  const auto [last, error] = std::from_chars(rest.data(), rest.data() + rest.size(), url.port);
  return error == std::errc{} && last == rest.data() + rest.size() && url.port != 0;
}

}  // namespace

std::string Url::authority() const {
  const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
  return port == (secure ? 443 : 80) ? name : name + ":" + std::to_string(port);
}

std::optional<Url> parse_url(std::string_view text) {
  if (!is_visible(text)) return std::nullopt;
  Url url;
  if (text.starts_with("https://")) {
    url.secure = true;
  } else if (!text.starts_with("http://")) {
    return std::nullopt;
  }
  text.remove_prefix(url.secure ? 8 : 7);
  url.port = url.secure ? 443 : 80;
  text = text.substr(0, text.find('#'));
  const std::size_t end = std::min(text.find_first_of("/?"), text.size());
  if (!read_authority(text.substr(0, end), url)) return std::nullopt;
  url.target = text.substr(end);
  if (!url.target.starts_with('/')) url.target.insert(0, "/");
  return url;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c)) {
      out.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out.push_back('%');
    out.push_back(kDigits[byte >> 4]);
    out.push_back(kDigits[byte & 15]);
  }
  return out;
}

std::string form_encode(const std::vector<std::pair<std::string, std::string>>& fields) {
  std::string out;
  for (const auto& [name, value] : fields) {
    if (!out.empty()) out.push_back('&');
    out.append(percent_encode(name)).append("=").append(percent_encode(value));
  }
  return out;
}

}  // namespace parse::net
