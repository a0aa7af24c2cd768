#pragma once

#include "http/message.h"
#include "object/value.h"

namespace parse::api {

/// The JSON body of a request, whatever its Content-Type says (SDKs send text/plain); empty for none and for multipart.
/// A list becomes an object whose keys are the indexes. Throws kInvalidJson (107); HttpError 415 for a charset other
/// than UTF-8 and for compressed bodies.
object::Object read_body(const http::Request& request);

}  // namespace parse::api
