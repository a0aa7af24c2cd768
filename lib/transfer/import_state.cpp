#include "transfer/import_state.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/error.h"
#include "object/json.h"

namespace parse::transfer {
namespace {

using object::Object;
using object::Value;

[[noreturn]] void throw_system_error(const std::string& what, const std::string& path) {
  throw Error(ErrorCode::kInternal, fmt::format("cannot {} {}: {}", what, path, std::strerror(errno)));
}

std::string read_all(int file, const std::string& path) {
  std::string text;
  char part[4096];
  for (;;) {
    const ssize_t count = ::pread(file, part, sizeof part, static_cast<off_t>(text.size()));
    if (count < 0) throw_system_error("read", path);
    if (count == 0) return text;
    text.append(part, static_cast<std::size_t>(count));
  }
}

std::uint64_t number(const Object& map, std::string_view key) {
  return static_cast<std::uint64_t>(map.at(key).as<std::int64_t>());
}

Value to_value(std::uint64_t number) { return static_cast<std::int64_t>(number); }

Object write_progress(const Progress& progress) {
  const Counts& counts = progress.counts;
  Object map{{"offset", to_value(progress.done.offset)},
             {"line", to_value(progress.done.line)},
             {"pendingEnd", to_value(progress.pending_end)},
             {"finished", progress.is_finished},
             {"read", to_value(counts.read)},
             {"stored", to_value(counts.stored)},
             {"replaced", to_value(counts.replaced)},
             {"skipped", to_value(counts.skipped)},
             {"rejected", to_value(counts.rejected)}};
  if (!progress.after.empty()) map.append("after", progress.after);
  return map;
}

Progress read_progress(const Object& map) {
  Progress progress;
  progress.done = {number(map, "offset"), number(map, "line")};
  progress.pending_end = number(map, "pendingEnd");
  if (const Value* after = map.find("after")) progress.after = after->as<std::string>();
  progress.is_finished = map.at("finished").as<bool>();
  progress.counts = {number(map, "read"), number(map, "stored"), number(map, "replaced"), number(map, "skipped"),
                     number(map, "rejected")};
  return progress;
}

}  // namespace

Counts& Counts::operator+=(const Counts& other) {
  read += other.read;
  stored += other.stored;
  replaced += other.replaced;
  skipped += other.skipped;
  rejected += other.rejected;
  return *this;
}

ImportState::ImportState(std::string path, const Identity& identity) : path_(std::move(path)), identity_(identity) {
  if (path_.empty()) return;
  file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) throw_system_error("write", path_);
  try {
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0)
      throw Error(ErrorCode::kDuplicateRequest, fmt::format("another {} uses {}", identity_.work, path_));
    load(identity);
  } catch (...) {
    ::close(file_);
    throw;
  }
}

ImportState::~ImportState() {
  if (file_ >= 0) ::close(file_);
}

void ImportState::load(const Identity& identity) {
  const std::string text = read_all(file_, path_);
  if (text.empty()) return;
  const auto value = object::try_parse_json(text);
  const Object* map = value ? value->get_if<Object>() : nullptr;
  if (map == nullptr || !map->contains("files"))
    throw Error(ErrorCode::kInvalidValue, fmt::format("{} is no state of any {}", path_, identity_.work));
  if (map->at("source").as<std::string>() != identity.source || map->at("target").as<std::string>() != identity.target)
    throw Error(ErrorCode::kInvalidValue,
                fmt::format("{} remembers another {} that was cut short: of {} into {}", path_, identity.work,
                            map->at("source").as<std::string>(), map->at("target").as<std::string>()));
  is_resumed_ = true;
  rejects_length = number(*map, "rejectsLength");
  for (const object::Member& member : map->at("files").as<Object>()) {
    const Object& file = member.value.as<Object>();
    files_[member.key] = {file.at("fingerprint").as<std::string>(), read_progress(file)};
  }
}

Progress& ImportState::of_file(const std::string& file, const std::string& fingerprint) {
  const auto [found, is_new] = files_.try_emplace(file, File{fingerprint, {}});
  if (found->second.fingerprint != fingerprint)
    throw Error(ErrorCode::kInvalidValue,
                fmt::format("{} has changed since its import was cut short, as {} remembers", file, path_));
  return found->second.progress;
}

void ImportState::save() {
  if (file_ < 0) return;
  Object files;
  for (const auto& [name, file] : files_) {
    Object entry = write_progress(file.progress);
    entry.set("fingerprint", file.fingerprint);
    files.append(name, std::move(entry));
  }
  const std::string text = object::to_json(Object{{"source", identity_.source},
                                                  {"target", identity_.target},
                                                  {"rejectsLength", to_value(rejects_length)},
                                                  {"files", std::move(files)}});
  if (::pwrite(file_, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()) ||
      ::ftruncate(file_, static_cast<off_t>(text.size())) != 0)
    throw_system_error("write", path_);
}

void ImportState::forget() {
  if (file_ >= 0) ::unlink(path_.c_str());
}

}  // namespace parse::transfer
