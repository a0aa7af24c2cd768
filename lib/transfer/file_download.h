#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "net/http_client.h"
#include "object/value.h"
#include "transfer/stop.h"

namespace parse::transfer {

/// What became of the files of an export.
struct DownloadReport {
  std::uint64_t fetched = 0;
  /// Those that were there already.
  std::uint64_t kept = 0;
  std::uint64_t failed = 0;
  /// Of the first that failed: name and reason.
  std::vector<std::string> reasons = {};
};

/// Brings the contents of File values into a folder, each once, piece by piece. A file gets its name once it is whole;
/// one that is there is kept. One thread.
class FileDownload {
 public:
  /// `timeout` is for one file. Throws Error kInternal (1) when the folder cannot be made.
  FileDownload(std::filesystem::path folder, std::chrono::milliseconds timeout, const std::atomic<bool>& is_stopped);
  ~FileDownload();

  /// Fetches the files of a row. A file that cannot be had is reported, and not tried twice. Throws Interrupted, and
  /// what TextFile throws.
  void fetch_files_of(const object::Object& row);
  const DownloadReport& report() const { return report_; }

 private:
  void fetch(const object::File& file);
  void download(const object::File& file);
  net::HttpResponse get(const std::string& url, const std::function<void(std::string_view)>& take);
  void fail(const std::string& name, const std::string& reason);

  const std::filesystem::path folder_;
  const std::atomic<bool>& is_stopped_;
  std::unique_ptr<net::HttpClient> http_;
  std::set<std::string> settled_;
  DownloadReport report_;
};

}  // namespace parse::transfer
