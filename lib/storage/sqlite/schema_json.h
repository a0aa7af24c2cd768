#pragma once

#include <string>
#include <string_view>

#include "schema/class_schema.h"

namespace parse::storage::sqlite {

/// The definition of a class as the "_SCHEMA" table keeps it.
std::string class_to_json(const schema::ClassSchema& class_schema);
/// Throws kInternal (1) when the text is no class definition.
schema::ClassSchema class_from_json(std::string name, std::string_view json);

}  // namespace parse::storage::sqlite
