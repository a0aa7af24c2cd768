#include "transfer/format.h"

namespace parse::transfer {
namespace {

constexpr std::string_view kJoin = "_Join:";

}  // namespace

std::optional<Format> format_named(std::string_view name) {
  for (const Format format : {Format::kNdjson, Format::kJson, Format::kCsv}) {
    if (name == name_of(format)) return format;
  }
  return std::nullopt;
}

std::string_view name_of(Format format) {
  switch (format) {
    case Format::kJson:
      return "json";
    case Format::kCsv:
      return "csv";
    case Format::kNdjson:
      break;
  }
  return "ndjson";
}

std::optional<Format> format_of_file(const std::filesystem::path& file) {
  const std::string ending = file.extension().string();
  if (ending == ".jsonl") return Format::kNdjson;
  return ending.empty() ? std::nullopt : format_named(std::string_view(ending).substr(1));
}

std::string class_of_file(const std::filesystem::path& file) { return file.stem().string(); }

std::optional<RelationName> read_join_name(std::string_view class_name) {
  if (!class_name.starts_with(kJoin)) return std::nullopt;
  class_name.remove_prefix(kJoin.size());
  const std::size_t colon = class_name.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  return RelationName{std::string(class_name.substr(colon + 1)), std::string(class_name.substr(0, colon))};
}

std::string join_name(const RelationName& relation) {
  return std::string(kJoin) + relation.key + ":" + relation.owning_class;
}

}  // namespace parse::transfer
