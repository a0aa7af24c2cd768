#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "object/json.h"
#include "schema/default_classes.h"
#include "schema/permissions.h"

namespace parse::schema {
namespace {

using object::Array;
using object::Object;
using object::Value;

constexpr std::array<std::string_view, 11> kKeys = {"ACL",
                                                    "find",
                                                    "count",
                                                    "get",
                                                    "create",
                                                    "update",
                                                    "delete",
                                                    "addField",
                                                    "readUserFields",
                                                    "writeUserFields",
                                                    "protectedFields"};

template <typename... Args>
[[noreturn]] void fail(fmt::format_string<Args...> text, Args&&... args) {
  throw Error(ErrorCode::kInvalidJson, fmt::format(text, std::forward<Args>(args)...));
}

// A value inside a message, as JavaScript puts one into a text.
std::string shown(const Value& value) {
  if (const std::string* text = value.get_if<std::string>()) return *text;
  if (value.json_type() == "object") return "[object Object]";
  const Array* list = value.get_if<Array>();
  if (list == nullptr) return object::to_json(value);
  std::string joined;
  for (const Value& item : *list) joined += (joined.empty() ? "" : ",") + shown(item);
  return joined;
}

bool is_user_id(std::string_view text, bool custom_ids) {
  if (text.empty()) return false;
  if (custom_ids) return true;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

class Check {
 public:
  Check(const ClassSchema& class_schema, bool custom_ids) : class_(class_schema), custom_ids_(custom_ids) {}

  void run(const Object& permissions) const {
    for (const auto& [key, value] : permissions) {
      if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end())
        fail("{} is not a valid operation for class level permissions", key);
      check_key(key, value);
    }
  }

 private:
  void check_key(const std::string& key, const Value& value) const {
    if (key == "readUserFields" || key == "writeUserFields") {
      const Array* list = value.get_if<Array>();
      if (list == nullptr)
        fail("'{}' is not a valid value for class level permissions {} - must be an array", shown(value), key);
      check_pointer_fields(*list, key);
      return;
    }
    const Object* rule = value.get_if<Object>();
    if (rule == nullptr)
      fail("'{}' is not a valid value for class level permissions {} - must be an object", shown(value), key);
    for (const auto& [who, right] : *rule) {
      if (key == "protectedFields") {
        check_protected(who, right);
      } else {
        check_right(key, who, right);
      }
    }
  }

  void check_right(const std::string& key, const std::string& who, const Value& right) const {
    const bool known = who == "*" || who == "requiresAuthentication" || who == "pointerFields" ||
                       who.starts_with("role:") || is_user_id(who, custom_ids_);
    if (!known) fail("'{}' is not a valid key for class level permissions", who);
    if (who == "pointerFields") {
      const Array* list = right.get_if<Array>();
      if (list == nullptr) fail("'{}' is not a valid value for {}[{}] - expected an array.", shown(right), key, who);
      check_pointer_fields(*list, key);
    } else if (key == "ACL") {
      check_acl(right);
    } else if (!right.is<bool>() || !right.as<bool>()) {
      fail("'{}' is not a valid value for class level permissions acl {}:{}", shown(right), key, who);
    }
  }

  static void check_acl(const Value& rights) {
    const Object* map = rights.get_if<Object>();
    if (map == nullptr) fail("'{}' is not a valid value for class level permissions acl", shown(rights));
    for (const auto& [right, value] : *map) {
      if (right != "read" && right != "write") fail("'{}' is not a valid key for class level permissions acl", right);
    }
    for (const auto& [right, value] : *map) {
      if (!value.is<bool>()) fail("'{}' is not a valid value for class level permissions acl", shown(value));
    }
  }

  void check_protected(const std::string& who, const Value& value) const {
    const bool known = who == "*" || who == "authenticated" || who.starts_with("role:") ||
                       who.starts_with("userField:") || is_user_id(who, custom_ids_);
    if (!known) fail("'{}' is not a valid key for class level permissions", who);
    const Array* list = value.get_if<Array>();
    if (list == nullptr)
      fail("'{}' is not a valid value for protectedFields[{}] - expected an array.", shown(value), who);
    for (const Value& item : *list) {
      const std::string field = shown(item);
      if (is_common(field)) fail("Default field '{}' can not be protected", field);
      if (!exists(field)) fail("Field '{}' in protectedFields:{} does not exist", field, who);
    }
  }

  // Only users can be pointed to: by a pointer, or by an array whose items nobody can check beforehand.
  void check_pointer_fields(const Array& fields, const std::string& key) const {
    for (const Value& item : fields) {
      const std::string name = shown(item);
      const Field* field = class_.find_field(name);
      const bool fits =
          field != nullptr && (field->type.kind == FieldKind::kArray ||
                               (field->type.kind == FieldKind::kPointer && field->type.target_class == "_User"));
      if (!fits) fail("'{}' is not a valid column for class level pointer permissions {}", name, key);
    }
  }

  static bool is_common(const std::string& field) {
    const auto columns = common_columns();
    return std::any_of(columns.begin(), columns.end(), [&](const DefaultColumn& item) { return item.name == field; });
  }

  bool exists(const std::string& field) const {
    return class_.find_field(field) != nullptr || find_default_column(class_.name, field) != nullptr;
  }

  const ClassSchema& class_;
  const bool custom_ids_;
};

}  // namespace

void validate_permissions(const Object& permissions, const ClassSchema& class_schema, bool custom_ids) {
  Check(class_schema, custom_ids).run(permissions);
}

}  // namespace parse::schema
