#pragma once

#include <string>

namespace parse::ctl {

/// Where a new password comes from.
struct PasswordFlags {
  /// From the command line; "" when not given.
  std::string password = {};
  bool from_stdin = false;
};

/// The password: of the flag, or the first line of the standard input, or typed twice on a terminal, which does not
/// show it. Throws Failure kUsage when it is empty, typed differently, or nobody can be asked.
std::string read_password(const PasswordFlags& flags);

}  // namespace parse::ctl
