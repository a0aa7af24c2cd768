#include "apps/parsectl/open_storage.h"

#include <fmt/format.h>

#include <filesystem>

#include "apps/parsectl/error_text.h"
#include "client/transport.h"
#include "server/adapters.h"

namespace parse::ctl {
namespace {

constexpr std::string_view kFile = "sqlite:";

}  // namespace

std::unique_ptr<storage::Adapter> open_storage(const std::string& uri, WhenMissing when_missing) {
  if (when_missing == WhenMissing::kRefuse && uri.starts_with(kFile) &&
      !std::filesystem::exists(uri.substr(kFile.size())))
    throw client::Unreachable(fmt::format("there is no database {}", uri.substr(kFile.size())));
  config::DatabaseOptions options;
  options.uri = uri;
  try {
    return server::storage_source(options, server::StorageUse::kBulkWork).open();
  } catch (const Error& error) {
    throw client::Unreachable(text_of(error));
  }
}

bool is_database_in_file(const std::string& uri) { return uri.starts_with(kFile); }

}  // namespace parse::ctl
