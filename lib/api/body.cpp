#include "api/body.h"

#include <fmt/format.h>

#include "api/http_error.h"
#include "base/error.h"
#include "http/text.h"
#include "object/json.h"

namespace parse::api {
namespace {

bool has_json_body(const http::Request& request) {
  const std::string* type = request.headers.find("Content-Type");
  return !request.body.empty() &&
         (type == nullptr || !http::iequals(std::string_view(*type).substr(0, 10), "multipart/"));
}

/// Bodies are JSON in UTF-8, uncompressed; what else a client announces is refused, not guessed.
void require_plain_utf8(const http::Request& request) {
  const std::string* encoding = request.headers.find("Content-Encoding");
  if (encoding != nullptr && !http::iequals(*encoding, "identity")) {
    throw HttpError{415, fmt::format("unsupported content encoding \"{}\"", *encoding)};
  }
  const std::string* type = request.headers.find("Content-Type");
  const std::size_t mark = type ? type->find("charset=") : std::string::npos;
  if (mark == std::string::npos) return;
  std::string_view charset = std::string_view(*type).substr(mark + 8);
  charset = charset.substr(0, charset.find(';'));
  if (charset.starts_with('"')) charset = charset.substr(1, charset.rfind('"') - 1);
  if (http::iequals(charset, "utf-8") || http::iequals(charset, "utf8")) return;
  throw HttpError{415, fmt::format("unsupported charset \"{}\"", charset)};
}

}  // namespace

object::Object read_body(const http::Request& request) {
  if (!has_json_body(request)) return {};
  require_plain_utf8(request);
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  std::string_view text = request.body;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  object::Value body = object::parse_json(text);
  if (auto* map = body.get_if<object::Object>()) return std::move(*map);
  auto* list = body.get_if<object::Array>();
  if (list == nullptr) throw Error(ErrorCode::kInvalidJson, "the body must be a JSON object");
  // An array is an object whose keys are the indexes, as in JavaScript; validation then names the first one.
  object::Object indexed;
  for (std::size_t i = 0; i < list->size(); ++i) indexed.append(std::to_string(i), std::move((*list)[i]));
  return indexed;
}

}  // namespace parse::api
