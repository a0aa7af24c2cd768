#pragma once

#include <string>

#include "base/error.h"
#include "http/message.h"
#include "object/value.h"

namespace parse::api {

/// A response whose body is JSON text already.
http::Response json_response(int status, std::string body);
/// A response whose body is `value` in Parse's encoding.
http::Response json_response(int status, const object::Value& value);
/// `{"code":…,"error":…}` with the status that belongs to the code.
http::Response error_response(const Error& error);
/// 500 `{"code":1,"message":"Internal server error."}`: for faults that are not the caller's. Note the key.
http::Response unexpected_error_response();
/// `{"error":…}`: for refusals without a Parse code.
http::Response plain_error_response(int status, std::string_view message);

}  // namespace parse::api
