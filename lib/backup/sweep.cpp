#include "backup/sweep.h"

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <unordered_set>

#include "crypto/digest.h"

namespace parse::backup {
namespace {

namespace fs = std::filesystem;

/// The names of the files of chunks and dumps that the snapshots need.
std::unordered_set<std::string> needed_names(const Repository& repository, const std::vector<Snapshot>& snapshots) {
  std::unordered_set<std::string> names;
  for (const Snapshot& snapshot : snapshots) {
    for (const ChunkHash& hash : repository.read(snapshot.id).chunks) names.insert(crypto::to_hex(hash));
    if (snapshot.kind == Kind::kPostgres) names.insert(fs::path(repository.dump_of(snapshot.id)).filename());
  }
  return names;
}

/// Every file that a sweep may look at; what else lies in the folder is none of its business.
std::vector<fs::path> files_of(const std::string& folder) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  for (const char* part : {"/chunks", "/dumps", "/snapshots"}) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder + part)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
  }
  return files;
}

}  // namespace

Swept sweep(const Repository& repository, const std::vector<Snapshot>& snapshots, bool is_dry, const Between& between) {
  const auto needed = needed_names(repository, snapshots);
  std::vector<std::string> useless;
  for (const fs::path& path : files_of(repository.folder())) {
    const std::string folder = path.lexically_relative(repository.folder()).begin()->string();
    const std::string name = path.filename();
    const bool is_content = folder == "chunks" || folder == "dumps";
    if (is_part_name(name) || (is_content && !needed.contains(name))) useless.push_back(path);
  }
  Swept swept;
  for (const std::string& path : useless) {
    between(swept.bytes);
    swept.bytes += fs::file_size(path);
    ++swept.files;
    if (!is_dry && ::unlink(path.c_str()) != 0 && errno != ENOENT) throw_system_error("remove", path);
  }
  return swept;
}

}  // namespace parse::backup
