#pragma once

#include <string>
#include <string_view>

#include "object/value.h"

/// TOML that holds Parse's values.
namespace parse::config {

/// Reads TOML; inline tables with `__type` become typed values, as in JSON, and `{ __json = "…" }` what the text says.
/// Keys are in the order of their names. `path` is for messages. Throws kInvalidJson (107) with file, line and reason.
object::Object read_toml_document(std::string_view text, const std::string& path);

/// Writes what read_toml_document reads. Objects down to `depth` levels become tables with a `[heading]`, deeper ones
/// are inline. What TOML cannot say (null) is kept as `{ __json = "…" }`.
std::string write_toml_document(const object::Object& document, int depth);

/// JSON with a line for each member, for files that people read; objects below `depth` levels take one line.
std::string write_json_document(const object::Object& document, int depth);

}  // namespace parse::config
