#pragma once

#include <ctime>
#include <string>
#include <string_view>

#include "http/message.h"

namespace parse::http {

/// "OK" for 200; "Status" for a number without a registered name.
std::string_view reason_phrase(int status);

/// The text of the Date field, made anew only when the second changes. One thread.
class DateText {
 public:
  /// "Sun, 22 Nov 2026 14:06:41 GMT" for `now`.
  std::string_view at(std::time_t now);

 private:
  std::time_t second_ = -1;
  std::string text_;
};

/// What the connection knows about the response it writes.
struct ResponseFrame {
  std::string_view date;
  /// Whether the connection stays open.
  bool keep_alive = true;
  /// Whether to say so: HTTP/1.0 clients assume the contrary.
  bool announce_keep_alive = false;
};

/// Whether a response of this status may carry a body at all.
bool status_has_body(int status);

/// Appends status line and fields, down to the empty line. Line breaks inside a field's value become spaces, so that no
/// value can add fields of its own.
void append_response_head(std::string& out, const Response& response, const ResponseFrame& frame);

}  // namespace parse::http
