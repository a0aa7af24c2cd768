#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "object/value.h"

/// The contents of File values, in a folder beside the rows: each file under its name.
namespace parse::transfer {

/// Calls `visit` with every File value of a row, at any depth.
void for_each_file(const object::Object& row, const std::function<void(const object::File&)>& visit);
void for_each_file(object::Object& row, const std::function<void(object::File&)>& visit);

/// True for a name that is a path below a folder, and of no hidden file.
bool is_safe_file_name(const std::string& name);

/// The content types that a folder remembers, by name.
std::map<std::string, std::string> read_content_types(const std::filesystem::path& folder);
/// Remembers one more.
void add_content_type(const std::filesystem::path& folder, const std::string& name, const std::string& type);
/// What the ending of a name tells; "application/octet-stream" when it tells nothing.
std::string content_type_of(const std::string& name);

}  // namespace parse::transfer
