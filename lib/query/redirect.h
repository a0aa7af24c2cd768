#pragma once

#include <optional>
#include <string>

#include "schema/class_schema.h"

namespace parse::query {

/// The class that a query of `class_name` with redirectClassNameForKey `key` is really about: the target of that
/// Relation field, else the class itself. Source: parse-server DatabaseController redirectClassNameForKey.
std::string redirected_class(const schema::Schema& schema, const std::string& class_name,
                             const std::optional<std::string>& key);

}  // namespace parse::query
