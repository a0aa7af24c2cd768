#pragma once

#include <string>
#include <vector>

#include "base/iso_date.h"
#include "object/value.h"

namespace parse::ctl {

/// What `push send` was told; "" and empty: not given.
struct PushFlags {
  std::vector<std::string> channels;
  std::string where;
  std::string alert;
  std::string title;
  std::string badge;
  std::string sound;
  std::string data;
  std::string file;
  std::string at;
  std::string expires_at;
  std::string expires_in;
};

/// The body of `POST /push`: that of the file, with the flags on top. Throws Failure kUsage for a file or JSON that
/// cannot be read, no target or two, no content, or two expirations.
object::Object push_request(const PushFlags& flags, Milliseconds now);

/// Whether it goes to every installation.
bool is_for_everybody(const object::Object& request);

}  // namespace parse::ctl
