#include "rest/user_rows.h"

#include <utility>

#include "base/error.h"
#include "rest/find.h"
#include "rest/schema_service.h"
#include "rest/write_rules.h"

namespace parse::rest {
namespace {

using object::Array;
using object::Object;
using object::Value;

constexpr const char* kClass = "_User";

}  // namespace

std::vector<Object> find_users(const Context& context, query::Where where, std::int64_t limit) {
  query::Find find;
  find.class_name = kClass;
  find.where = std::move(where);
  find.limit = limit;
  object::ValueBuilder builder;
  builder.begin_array();
  const auto schema = context.schemas.snapshot();
  context.storage.find(*schema, find, builder);
  builder.end_array();
  Value rows = builder.take();
  std::vector<Object> users;
  for (Value& row : *rows.get_if<Array>()) users.push_back(std::move(*row.get_if<Object>()));
  return users;
}

query::Where user_with_id(const std::string& id) {
  query::Where where;
  where.conditions.push_back(query::FieldCondition{"objectId", query::Equal{id}});
  return where;
}

std::optional<Object> find_user(const Context& context, const std::string& id) {
  std::vector<Object> users = find_users(context, user_with_id(id), 1);
  if (users.empty()) return std::nullopt;
  return std::move(users.front());
}

bool is_taken(const Context& context, const std::string& field, const std::string& text, const std::string& own_id) {
  query::Where where;
  where.conditions.push_back(query::FieldCondition{field, query::EqualIgnoringCase{text}});
  if (!own_id.empty()) where.conditions.push_back(query::FieldCondition{"objectId", query::NotEqual{own_id}});
  return !find_users(context, std::move(where), 1).empty();
}

bool update_user(const Context& context, query::Where where, object::Update changes) {
  storage::UpdateRequest request;
  request.class_name = kClass;
  request.where = std::move(where);
  request.changes = std::move(changes);
  const auto schema = context.schemas.snapshot();
  return context.storage.update(*schema, request).has_value();
}

std::string text_of(const Object& user, std::string_view field) {
  const Value* value = user.find(field);
  const std::string* text = value ? value->get_if<std::string>() : nullptr;
  return text ? *text : std::string();
}

const Object* map_of(const Object& user, std::string_view field) {
  const Value* value = user.find(field);
  return value ? value->get_if<Object>() : nullptr;
}

Object own_view(const Context& context, const std::string& user_id) {
  const Context viewer = as_user(context, user_id);
  try {
    object::ValueBuilder builder;
    get(viewer, {kClass, user_id}, {}, builder);
    return builder.take().as<Object>();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kOperationForbidden && error.code() != ErrorCode::kObjectNotFound) throw;
    return Object{{"objectId", user_id}};
  }
}

}  // namespace parse::rest
