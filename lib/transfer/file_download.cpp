#include "transfer/file_download.h"

#include <fmt/format.h>

#include <exception>
#include <utility>

#include "net/poco_http_client.h"
#include "net/url.h"
#include "transfer/object_files.h"
#include "transfer/text_file.h"

namespace parse::transfer {
namespace {

namespace fs = std::filesystem;

constexpr int kMostRedirects = 5;
constexpr std::size_t kReasons = 10;
/// No name of a file begins with a dot, so it is in nobody's way.
constexpr const char* kIncoming = ".incoming";

bool is_redirect(int status) { return status >= 301 && status <= 308 && status != 304 && status != 305; }

/// A Location is a URL, or a path on the same server.
std::string resolve(const std::string& base, const std::string& location) {
  if (!location.starts_with('/')) return location;
  return base.substr(0, base.find('/', base.find("://") + 3)) + location;
}

}  // namespace

FileDownload::FileDownload(fs::path folder, std::chrono::milliseconds timeout, const std::atomic<bool>& is_stopped)
    : folder_(std::move(folder)),
      is_stopped_(is_stopped),
      http_(std::make_unique<net::PocoHttpClient>(net::HttpClientSettings{.timeout = timeout})) {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error)
    throw Error(ErrorCode::kInternal, fmt::format("cannot make the folder {}: {}", folder_.string(), error.message()));
}

FileDownload::~FileDownload() = default;

void FileDownload::fetch_files_of(const object::Object& row) {
  for_each_file(row, [&](const object::File& file) { fetch(file); });
}

void FileDownload::fetch(const object::File& file) {
  if (is_stopped_) throw Interrupted();
  if (!settled_.insert(file.name).second) return;
  if (!is_safe_file_name(file.name)) return fail(file.name, "a file of that name cannot be made here");
  if (fs::is_regular_file(folder_ / file.name)) {
    ++report_.kept;
    return;
  }
  if (file.url.empty()) return fail(file.name, "the server gives no URL for it");
  download(file);
}

void FileDownload::download(const object::File& file) {
  const fs::path incoming = folder_ / kIncoming;
  TextFile out = TextFile::create(incoming.string());
  std::exception_ptr broken;  // what no other file would fare better with
  const auto take = [&](std::string_view part) {
    try {
      if (is_stopped_) throw Interrupted();
      out.write(part);
    } catch (...) {
      broken = std::current_exception();
      throw;
    }
  };
  try {
    const net::HttpResponse response = get(file.url, take);
    if (!response.ok()) return fail(file.name, fmt::format("status {} from {}", response.status, file.url));
    out.commit();
    if (const std::string* type = response.header("Content-Type")) add_content_type(folder_, file.name, *type);
  } catch (const Error& error) {
    if (broken) std::rethrow_exception(broken);
    if (error.code() != ErrorCode::kScriptFailed) throw;
    return fail(file.name, fmt::format("{} ({})", error.cause(), file.url));
  }
  fs::create_directories((folder_ / file.name).parent_path());
  fs::rename(incoming, folder_ / file.name);
  ++report_.fetched;
}

net::HttpResponse FileDownload::get(const std::string& url, const std::function<void(std::string_view)>& take) {
  net::HttpRequest request{.url = url, .take_body = take};
  for (int i = 0;; ++i) {
    net::HttpResponse response = http_->send(request);
    const std::string* location = is_redirect(response.status) ? response.header("Location") : nullptr;
    if (location == nullptr || i == kMostRedirects) return response;
    request.url = resolve(request.url, *location);
  }
}

void FileDownload::fail(const std::string& name, const std::string& reason) {
  ++report_.failed;
  if (report_.reasons.size() < kReasons) report_.reasons.push_back(fmt::format("{}: {}", name, reason));
}

}  // namespace parse::transfer
