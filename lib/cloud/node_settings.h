#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace parse::cloud {

/// Where the Cloud Code is and how it runs. Source: options `cloud…`.
struct NodeSettings {
  /// The module with the app's code: CommonJS, or an ES module.
  std::string main;
  /// The Node.js program.
  std::string node = "node";
  std::size_t processes = 1;
  /// A call that takes longer ends with an error. Jobs have none.
  std::chrono::milliseconds call_timeout = std::chrono::seconds(60);
  /// A process whose event loop does not turn for so long is ended and started anew.
  std::chrono::milliseconds stall_timeout = std::chrono::seconds(10);
  /// For loading the code.
  std::chrono::milliseconds load_timeout = std::chrono::seconds(60);
  /// Megabytes of JavaScript objects, at which a process ends; 0: Node's own limit.
  std::size_t memory_limit = 0;
  /// Calls in calls: a function that saves an object whose trigger saves another one …
  int max_depth = 16;
  /// Calls from outside that may be under way at once; what comes beyond fails, so that hooks that do not answer never
  /// take all of the server's threads.
  std::size_t max_calls = 512;
  /// What the code learns of the server, as JSON: `{"applicationId","masterKey","serverURL","mount",…}`.
  std::string app;
};

}  // namespace parse::cloud
