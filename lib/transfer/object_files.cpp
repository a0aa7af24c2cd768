#include "transfer/object_files.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "object/json.h"

namespace parse::transfer {
namespace {

using object::Object;
using object::Value;

/// No name of a file begins with a dot.
constexpr const char* kTypesFile = ".types";
constexpr std::size_t kLongestPart = 240;

template <typename AnyValue, typename Visit>
void visit_files(AnyValue& value, const Visit& visit) {
  if (auto* file = value.template get_if<object::File>()) return visit(*file);
  if (auto* list = value.template get_if<object::Array>()) {
    for (auto& each : *list) visit_files(each, visit);
  } else if (auto* map = value.template get_if<Object>()) {
    for (auto& member : *map) visit_files(member.value, visit);
  }
}

bool is_safe_part(std::string_view part) {
  const bool is_clean = std::none_of(part.begin(), part.end(), [](unsigned char c) { return c < 0x20 || c == '\\'; });
  return is_clean && !part.empty() && part.size() <= kLongestPart && part.front() != '.';
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 18> kTypes = {{
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"png", "image/png"},
    {"gif", "image/gif"},
    {"webp", "image/webp"},
    {"heic", "image/heic"},
    {"mp4", "video/mp4"},
    {"mov", "video/quicktime"},
    {"mp3", "audio/mpeg"},
    {"m4a", "audio/mp4"},
    {"wav", "audio/wav"},
    {"pdf", "application/pdf"},
    {"zip", "application/zip"},
    {"json", "application/json"},
    {"txt", "text/plain"},
    {"csv", "text/csv"},
    {"md", "text/markdown"},
    {"ogg", "audio/ogg"},
}};

}  // namespace

void for_each_file(const Object& row, const std::function<void(const object::File&)>& visit) {
  for (const object::Member& member : row) visit_files(member.value, visit);
}

void for_each_file(Object& row, const std::function<void(object::File&)>& visit) {
  for (object::Member& member : row) visit_files(member.value, visit);
}

bool is_safe_file_name(const std::string& name) {
  for (std::size_t begin = 0;;) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    if (!is_safe_part(std::string_view(name).substr(begin, end - begin))) return false;
    if (end == name.size()) return true;
    begin = end + 1;
  }
}

std::map<std::string, std::string> read_content_types(const std::filesystem::path& folder) {
  std::map<std::string, std::string> types;
  std::ifstream in(folder / kTypesFile);
  for (std::string line; std::getline(in, line);) {
    const auto value = object::try_parse_json(line);
    const Object* entry = value ? value->get_if<Object>() : nullptr;
    if (entry == nullptr || !entry->contains("name") || !entry->contains("type")) continue;  // was cut short
    types[entry->at("name").as<std::string>()] = entry->at("type").as<std::string>();
  }
  return types;
}

void add_content_type(const std::filesystem::path& folder, const std::string& name, const std::string& type) {
  std::ofstream out(folder / kTypesFile, std::ios::app);
  out << object::to_json(Object{{"name", name}, {"type", type}}) << '\n';
  if (!out.flush())
    throw Error(ErrorCode::kInternal, "cannot write " + (folder / kTypesFile).string() + ": is the disk full?");
}

std::string content_type_of(const std::string& name) {
  std::string ending = name.substr(name.rfind('.') + 1);
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const auto found = std::find_if(kTypes.begin(), kTypes.end(), [&](const auto& type) { return type.first == ending; });
  return found == kTypes.end() ? "application/octet-stream" : std::string(found->second);
}

}  // namespace parse::transfer
