#include "object/nested_keys.h"

#include "base/error.h"

namespace parse::object {

void check_nested_keys(const Value& value) {
  if (const Array* list = value.get_if<Array>()) {
    for (const Value& element : *list) check_nested_keys(element);
  } else if (const Object* map = value.get_if<Object>()) {
    for (const auto& [key, inner] : *map) {
      check_nested_keys(inner);
      if (key.find_first_of("$.") != std::string::npos)
        throw Error(ErrorCode::kInvalidNestedKey, "Nested keys should not contain the '$' or '.' characters");
    }
  }
}

}  // namespace parse::object
