#include "transfer/file_upload.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <utility>

#include "object/json.h"
#include "transfer/object_files.h"

namespace parse::transfer {
namespace {

namespace fs = std::filesystem;
using object::Object;
using object::Value;

constexpr std::size_t kReasons = 10;
constexpr int kServerFails = 500;

/// Names below the folder, in order.
std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().lexically_relative(folder).generic_string();
    if (entry.is_regular_file() && is_safe_file_name(name)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string text_at(const Object& map, std::string_view key) {
  const Value* value = map.find(key);
  const std::string* text = value ? value->get_if<std::string>() : nullptr;
  return text ? *text : std::string();
}

}  // namespace

FileUpload::FileUpload(client::RestClient& server, fs::path folder, fs::path memory)
    : server_(server), folder_(std::move(folder)), memory_(std::move(memory)) {
  if (!memory_.empty()) load();
}

void FileUpload::load() {
  std::ifstream in(memory_);
  for (std::string line; std::getline(in, line);) {
    const auto value = object::try_parse_json(line);
    const Object* entry = value ? value->get_if<Object>() : nullptr;
    if (entry == nullptr) continue;  // was cut short
    sent_[text_at(*entry, "file")] = {text_at(*entry, "name"), text_at(*entry, "url")};
  }
}

/// One that takes files misses the name here; one that does not knows no such path.
void FileUpload::check_server() const {
  try {
    server_.post("/files");
  } catch (const client::Refusal& refusal) {
    if (refusal.status() >= kServerFails) throw;
  }
}

void FileUpload::run(const std::atomic<bool>& is_stopped, const std::function<void(std::uint64_t)>& on_progress) {
  const auto types = read_content_types(folder_);
  const std::vector<std::string> names = names_in(folder_);
  if (!names.empty()) check_server();
  for (const std::string& name : names) {
    if (is_stopped) throw Interrupted();
    if (sent_.contains(name)) {
      ++report_.kept;
      continue;
    }
    const auto type = types.find(name);
    send(name, type == types.end() ? content_type_of(name) : type->second);
    on_progress(report_.kept + report_.uploaded + report_.refused);
  }
}

void FileUpload::send(const std::string& name, const std::string& type) {
  try {
    const Value answer = server_.post_file("/files/" + client::segment(name), {(folder_ / name).string(), type});
    const Object* map = answer.get_if<Object>();
    const object::File file = map ? object::File{text_at(*map, "name"), text_at(*map, "url")} : object::File{};
    if (file.name.empty())
      throw client::Refusal(ErrorCode::kOtherCause, "the server took it, but gave it no name", kServerFails);
    remember(name, file);
    ++report_.uploaded;
  } catch (const client::Refusal& refusal) {
    if (refusal.status() >= kServerFails)
      throw client::Refusal(refusal.code(), fmt::format("file {}: {}", name, refusal.message()), refusal.status());
    ++report_.refused;
    if (report_.reasons.size() < kReasons) report_.reasons.push_back(fmt::format("{}: {}", name, refusal.message()));
  }
}

void FileUpload::remember(const std::string& name, const object::File& file) {
  sent_[name] = file;
  if (memory_.empty()) return;
  std::ofstream out(memory_, std::ios::app);
  // Behind a line that was cut short this one would be lost, too.
  out << '\n' << object::to_json(Object{{"file", name}, {"name", file.name}, {"url", file.url}}) << '\n';
  if (!out.flush()) throw Error(ErrorCode::kInternal, fmt::format("cannot write {}", memory_.string()));
}

void FileUpload::rename_files_of(Object& row) const {
  for_each_file(row, [&](object::File& file) {
    if (const auto found = sent_.find(file.name); found != sent_.end()) file = found->second;
  });
}

void FileUpload::forget() {
  sent_.clear();
  std::error_code ignored;
  if (!memory_.empty()) fs::remove(memory_, ignored);
}

std::uint64_t count_files(const fs::path& folder) { return names_in(folder).size(); }

}  // namespace parse::transfer
