#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "client/rest_client.h"
#include "object/value.h"
#include "transfer/stop.h"

namespace parse::transfer {

/// What became of the files of an import.
struct UploadReport {
  std::uint64_t uploaded = 0;
  /// Those that an import before, which was cut short, had uploaded.
  std::uint64_t kept = 0;
  std::uint64_t refused = 0;
  /// Of the first that were refused: name and reason.
  std::vector<std::string> reasons = {};
};

/// Sends the files of a folder to a server, which names them anew, and gives File values the new names. A small file
/// remembers which name became which, so that no file is sent twice. One thread.
class FileUpload {
 public:
  /// An empty `memory` remembers nothing. Throws Error kInternal (1) when it cannot be written.
  FileUpload(client::RestClient& server, std::filesystem::path folder, std::filesystem::path memory);

  /// Sends those that were not sent before; `on_progress` is called after each. Files that the server does not take are
  /// reported. Throws Interrupted; client::Unreachable, also for a server that takes no files at all; client::Refusal
  /// for one that is not well.
  void run(const std::atomic<bool>& is_stopped, const std::function<void(std::uint64_t)>& on_progress);
  /// File values of files that were sent get the name and URL that the server gave them; others stay.
  void rename_files_of(object::Object& row) const;
  /// Begins anew: nothing is remembered.
  void forget();
  const UploadReport& report() const { return report_; }

 private:
  void load();
  void check_server() const;
  void send(const std::string& name, const std::string& type);
  void remember(const std::string& name, const object::File& file);

  client::RestClient& server_;
  const std::filesystem::path folder_;
  const std::filesystem::path memory_;
  std::map<std::string, object::File> sent_;
  UploadReport report_;
};

/// How many files `run` would look at.
std::uint64_t count_files(const std::filesystem::path& folder);

}  // namespace parse::transfer
