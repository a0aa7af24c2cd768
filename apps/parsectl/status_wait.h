#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "apps/parsectl/session.h"
#include "object/value.h"

namespace parse::ctl {

/// Work that the server does in the background and reports in the `status` of an object.
struct StatusWait {
  /// "/classes/_JobStatus"
  std::string class_path;
  std::string object_id;
  /// Any of these is the end.
  std::vector<std::string> ends;
  std::chrono::seconds limit;
};

/// Reads the object until its work has ended; returns it as it is then. Ctrl-C ends the program, not the work. Throws
/// Failure kNotFound, and kFailed, saying how far it was, after the limit.
object::Object wait_for_status(Session& session, const StatusWait& wait);

/// The object of that id. Throws Failure kNotFound, calling it `what`.
object::Object read_status(Session& session, const StatusWait& wait, const std::string& what);

/// The last `limit` objects of the class, the newest first.
object::Array newest(Session& session, const std::string& class_path, std::size_t limit);

}  // namespace parse::ctl
