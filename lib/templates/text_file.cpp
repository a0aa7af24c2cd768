#include "templates/text_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace parse::templates {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestFile = 1 << 20;

/// By parts, so that "public-x" is not below "public".
bool is_below(const fs::path& folder, const fs::path& path) {
  const auto [end, at] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return end == folder.end() && at != path.end();
}

}  // namespace

std::optional<std::string> read_file_below(const std::string& folder, const std::string& name) {
  if (name.find('\0') != std::string::npos) return std::nullopt;
  std::error_code error;
  const fs::path root = fs::canonical(folder, error);
  if (error) return std::nullopt;
  // Canonical: after symbolic links and ".." have had their effect.
  const fs::path path = fs::canonical(root / fs::path(name).relative_path(), error);
  if (error || !is_below(root, path) || !fs::is_regular_file(path, error)) return std::nullopt;
  if (fs::file_size(path, error) > kLargestFile || error) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return std::nullopt;
  return std::move(text).str();
}

}  // namespace parse::templates
