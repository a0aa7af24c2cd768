#include "cloud/script_folder.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "base/error.h"
#include "cloud/scripts.h"

namespace parse::cloud {
namespace {

std::filesystem::path make_folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "parse-cloud-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr)
    throw Error(ErrorCode::kInternal,
                fmt::format("cannot make a folder for Cloud Code in {}: {}",
                            std::filesystem::temp_directory_path().string(), std::strerror(errno)));
  return pattern;
}

}  // namespace

ScriptFolder::ScriptFolder() : folder_(make_folder()) {
  for (const Script& script : scripts()) {
    std::ofstream file(folder_ / script.name, std::ios::binary);
    file << script.text;
    if (!file.flush())
      throw Error(ErrorCode::kInternal, fmt::format("cannot write {}", (folder_ / script.name).string()));
  }
}

ScriptFolder::~ScriptFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace parse::cloud
