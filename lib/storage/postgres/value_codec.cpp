#include "storage/postgres/value_codec.h"

#include <fmt/format.h>

#include <optional>

#include "base/error.h"
#include "object/acl.h"
#include "storage/postgres/parameters.h"
#include "storage/postgres/scalar_codec.h"

namespace parse::storage::postgres {
namespace {

using schema::FieldKind;

sql::SqlValue list_value(const std::optional<std::vector<std::string>>& entries) {
  if (!entries) return nullptr;
  return array_literal(*entries);
}

void encode_acl(const object::Value* value, std::vector<sql::ColumnValue>& out) {
  const object::Acl acl = value ? object::read_acl(*value) : object::Acl();
  out.push_back({std::string(sql::kReadersColumn), list_value(acl.readers)});
  out.push_back({std::string(sql::kWritersColumn), list_value(acl.writers)});
}

[[noreturn]] void throw_mismatch(const schema::Field& field, const object::Value& value) {
  throw Error(ErrorCode::kIncorrectType, fmt::format("schema mismatch for {}; got {}", field.name, value.json_type()));
}

std::string text_list(const schema::Field& field, const object::Value& value) {
  std::vector<std::string> texts;
  const auto* list = value.get_if<object::Array>();
  if (list == nullptr) throw_mismatch(field, value);
  for (const object::Value& element : *list) {
    const auto* text = element.get_if<std::string>();
    if (text == nullptr)
      throw Error(ErrorCode::kIncorrectType, fmt::format("schema mismatch for {}; it holds texts only", field.name));
    texts.push_back(*text);
  }
  return array_literal(texts);
}

}  // namespace

void encode_field(const schema::Field& field, const object::Value* value, std::vector<sql::ColumnValue>& out) {
  if (value != nullptr && value->is_null()) value = nullptr;
  if (field.type.kind == FieldKind::kRelation) return;
  if (field.type.kind == FieldKind::kAcl) {
    encode_acl(value, out);
    return;
  }
  if (value == nullptr) {
    out.push_back({field.name, nullptr});
    return;
  }
  if (field.is_text_list) {
    out.push_back({field.name, text_list(field, *value)});
    return;
  }
  auto encoded = encode_scalar(field.type.kind, *value);
  if (!encoded) throw_mismatch(field, *value);
  out.push_back({field.name, std::move(*encoded)});
}

}  // namespace parse::storage::postgres
