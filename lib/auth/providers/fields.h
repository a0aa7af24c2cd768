#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "net/http_client.h"
#include "object/value.h"

/// What providers read from authData and from other servers' answers.
namespace parse::auth {

/// kObjectNotFound (101) with `message`: how a provider says no.
Error refused(std::string message);

/// The text at `key`; "" when there is none or it is something else.
std::string text_at(const object::Object& object, std::string_view key);

/// The id at `key`: a text, or a whole number in decimal, as some services write theirs. "" otherwise.
std::string id_at(const object::Object& object, std::string_view key);

/// The text at `key`; throws refused(message) when it is missing, empty or something else.
std::string require_text(const object::Object& auth_data, std::string_view key, std::string_view message);

/// Sends `request` and reads the body of a successful answer as a JSON object. Any other status, and a body that is no
/// JSON object, throws `refusal`; what came is its cause.
object::Object fetch_object(net::HttpClient& http, const net::HttpRequest& request, const Error& refusal);

/// `answer`'s body as a JSON object; throws `refusal` otherwise.
object::Object read_object(const net::HttpResponse& answer, const Error& refusal);

/// `Authorization: Bearer <token>`, and that JSON is wanted.
net::Headers bearer(std::string_view token);

}  // namespace parse::auth
