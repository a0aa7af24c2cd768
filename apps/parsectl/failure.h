#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace parse::ctl {

/// What parsectl ends with; parsectl(1) documents them.
enum class ExitCode {
  kSuccess = 0,
  /// Something else went wrong; the message says what.
  kFailed = 1,
  /// The command line, a profile or an input file cannot be understood.
  kUsage = 2,
  /// The class, object, user … does not exist.
  kNotFound = 3,
  /// The server, or parsectl itself, will not do it: wrong key, missing permission, missing consent.
  kRefused = 4,
  /// It is there already, or not as expected.
  kConflict = 5,
  /// Nobody answers at the URL, or the database cannot be opened.
  kUnreachable = 6,
  /// Done, but for some rows or steps, which were named.
  kPartly = 7,
  kInterrupted = 130,
};

/// Ends a command: a sentence for people, and how to mend it when that is known.
class Failure : public std::runtime_error {
 public:
  Failure(ExitCode code, const std::string& message, std::string fix = {})
      : std::runtime_error(message), code_(code), fix_(std::move(fix)) {}
  ExitCode code() const { return code_; }
  const std::string& fix() const { return fix_; }

 private:
  ExitCode code_;
  std::string fix_;
};

}  // namespace parse::ctl
