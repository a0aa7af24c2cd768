#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

/// Objects from files into a server or a database, and back.
namespace parse::transfer {

enum class Format {
  /// One object on each line.
  kNdjson,
  /// `{"results":[…]}` as hosted Parse exported it, or a bare list.
  kJson,
  /// With a header of `field:Type` names.
  kCsv,
};

/// "ndjson", "json" or "csv"; nullopt for others.
std::optional<Format> format_named(std::string_view name);
/// The same, which is also the ending of its files.
std::string_view name_of(Format format);
/// By the ending of the file's name; ".jsonl" is NDJSON too.
std::optional<Format> format_of_file(const std::filesystem::path& file);
/// "Game" of "data/Game.ndjson", "_Join:users:_Role" of "_Join:users:_Role.json".
std::string class_of_file(const std::filesystem::path& file);

/// The members of one relation, which files and storage keep as `_Join:<key>:<owning class>`.
struct RelationName {
  std::string owning_class;
  std::string key;
};
/// nullopt for the name of an ordinary class.
std::optional<RelationName> read_join_name(std::string_view class_name);
std::string join_name(const RelationName& relation);

}  // namespace parse::transfer
