#pragma once

#include <string>
#include <string_view>

namespace parse::logging {

/// What stands in the place of a secret.
inline constexpr std::string_view kMask = "********";

/// `text` with its secrets masked: the values of keys, tokens and passwords in JSON (`"password":"x"`, also with
/// escaped quotes), query strings (`password=x`) and header lines (`X-Parse-Master-Key: x`), session tokens (`r:` and
/// 32 hex digits), passwords in URIs (`scheme://user:x@host`), and every secret given to `add_secret`. Linear in the
/// text.
std::string redact(std::string_view text);

/// Masks this very text wherever it appears in later messages. Texts shorter than 6 bytes are left to the rules above,
/// because they appear in innocent words.
void add_secret(std::string_view secret);

/// True for names whose values are never shown: `masterKey`, `X-Parse-Session-Token`, `_password` … Case does not
/// matter.
bool is_secret_name(std::string_view name);

}  // namespace parse::logging
