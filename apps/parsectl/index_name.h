#pragma once

#include <string>

#include "object/value.h"

namespace parse::ctl {

/// The name of an index that was given none, as the shells know it from MongoDB: `{"title":1,"level":-1}` is
/// "title_1_level_-1".
std::string default_index_name(const object::Object& keys);

}  // namespace parse::ctl
