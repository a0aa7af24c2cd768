#include "transfer/prepare.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "base/error.h"
#include "crypto/digest.h"
#include "object/acl.h"
#include "object/nested_keys.h"
#include "object/update_op.h"
#include "query/geo.h"
#include "schema/validate.h"

namespace parse::transfer {
namespace {

using object::Object;
using object::Value;

/// What the same column is called in exports of hosted Parse, and in the databases of both.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kUserColumns = {
    {{"bcryptPassword", "_hashed_password"}, {"sessionToken", "_session_token"}}};

void rename_user_columns(Object& row) {
  for (object::Member& member : row) {
    for (const auto& [exported, stored] : kUserColumns) {
      if (member.key == exported) member.key = stored;
    }
  }
}

/// An object as it stands in a list of another says what it is.
void drop_type_marks(Object& row) {
  if (!row.contains("__type") && !row.contains("className")) return;
  row.erase("__type");
  row.erase("className");
}

void settle_id(Object& row, const std::string& spare_id) {
  const Value* id = row.find("objectId");
  if (id == nullptr || id->is_null()) {
    row.set("objectId", spare_id);
    return;
  }
  const std::string* text = id->get_if<std::string>();
  if (text == nullptr || text->empty())
    throw Error(ErrorCode::kMissingObjectId, "objectId must be a text that is not empty");
}

void settle_time(Object& row, std::string_view key, object::Date otherwise) {
  Value* value = row.find(key);
  if (value == nullptr || value->is_null()) {
    row.set(key, otherwise);
    return;
  }
  if (value->is<object::Date>()) return;
  const std::string* text = value->get_if<std::string>();
  const auto time = text ? parse_iso_date(*text) : std::nullopt;
  if (!time) throw Error(ErrorCode::kIncorrectType, fmt::format("{} is no date", key));
  *value = object::Date{*time};
}

void settle_value(object::Member& member) {
  // To an update a dot would mean a path.
  if (member.key.find('.') != std::string::npos)
    throw Error(ErrorCode::kInvalidKeyName, fmt::format("Invalid field name: {}.", member.key));
  object::check_nested_keys(member.value);
  if (member.key == "ACL") {
    object::read_acl(member.value);
    return;
  }
  if (const auto* map = member.value.get_if<Object>(); map != nullptr && map->contains("__op"))
    throw Error(ErrorCode::kIncorrectType, fmt::format("{}: an operation is no value", member.key));
  if (auto* polygon = member.value.get_if<object::Polygon>()) member.value = query::closed_polygon(std::move(*polygon));
}

object::Update as_changes(Object&& row) {
  object::Update changes;
  changes.reserve(row.size());
  for (object::Member& member : row) {
    if (member.value.is_null()) continue;
    settle_value(member);
    changes.push_back({std::move(member.key), object::SetValue{std::move(member.value)}});
  }
  return changes;
}

Object as_object(object::Update&& changes) {
  Object object;
  object.reserve(changes.size());
  for (object::FieldUpdate& change : changes) {
    Value& value = std::get<object::SetValue>(change.op).value;
    if (!value.is<object::Relation>()) object.append(std::move(change.path), std::move(value));
  }
  return object;
}

}  // namespace

std::string id_of_row(const std::string& class_name, const Row& row) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  constexpr std::size_t kLength = 16;
  const std::string digest =
      crypto::digest(crypto::Hash::kSha256, fmt::format("{}\n{}\n{}", class_name, row.line, row.text));
  std::string id;
  for (std::size_t i = 0; i < kLength; ++i) id += kLetters[static_cast<unsigned char>(digest[i]) % kLetters.size()];
  return id;
}

std::vector<schema::Field> prepare(const schema::ClassSchema& class_schema, Object& row,
                                   const PrepareOptions& options) {
  drop_type_marks(row);
  if (class_schema.name == "_User") rename_user_columns(row);
  settle_id(row, options.spare_id);
  settle_time(row, "createdAt", {options.now});
  settle_time(row, "updatedAt", row.at("createdAt").as<object::Date>());
  object::Update changes = as_changes(std::move(row));
  auto missing = schema::validate(class_schema, changes, {.creating = true, .maintenance = true});
  row = as_object(std::move(changes));
  return missing;
}

}  // namespace parse::transfer
