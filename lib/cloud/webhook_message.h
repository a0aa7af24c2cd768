#pragma once

#include <string>
#include <string_view>

#include "cloud/hook.h"

/// What goes to a webhook, and what comes back. Source: parse-server HooksController wrapToHTTPRequest; cloud code
/// guide, "Webhooks".
namespace parse::cloud {

/// The body of the call: the members of Parse.Cloud's request object, but for `config` and `log`. Objects are plain
/// maps that say their `className`; of a change, `object` is the stored one with the changes on top, operators as
/// they came; Dates among the parameters of a function are ISO texts.
std::string webhook_request(const Invocation& invocation);

/// Reads `{"success":value}` or `{"error":"text"}`, `{"error":{"code","error"}}`; an empty body or `{}` is a success
/// without a value. Returns what Runner::run does for that kind of hook: beforeSave's object is the one to save, that
/// of afterSave the response, an array of afterFind the rows; values of other triggers mean nothing. Throws the
/// webhook's error as a Fault, with kScriptFailed (141) unless it gave a code; "Malformed response" with
/// kScriptFailed for anything else.
Outcome webhook_outcome(const Invocation& invocation, std::string_view body);

}  // namespace parse::cloud
