#pragma once

namespace parse::ctl {

/// While it lives, the first Ctrl-C or SIGTERM is only noted, so that work can end between two steps; the second one
/// ends the program at once. One at a time.
class StopRequest {
 public:
  StopRequest();
  StopRequest(const StopRequest&) = delete;
  StopRequest& operator=(const StopRequest&) = delete;
  ~StopRequest();

  bool is_made() const;
};

}  // namespace parse::ctl
