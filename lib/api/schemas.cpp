#include "api/schemas.h"

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "api/json_response.h"
#include "object/json.h"
#include "schema/names.h"
#include "schema/schema_json.h"

namespace parse::api {
namespace {

using object::Object;
using object::Value;

// The lock is told before the read-only key is refused, as it holds for everybody.
void require_write(const ApiRequest& request, std::string_view action) {
  request.require_master_key();
  if (request.services.rest_settings.lock_schemas)
    throw Error(ErrorCode::kOperationForbidden, "Cannot perform this operation when schemas options is used.");
  request.require_writing_master_key(action);
}

std::string shown(const Value& value) {
  const std::string* text = value.get_if<std::string>();
  return text ? *text : object::to_json(value);
}

void check_same_class(const ApiRequest& request, const std::string& in_path) {
  const Value* in_body = request.body.find("className");
  if (in_body == nullptr || !in_body->truthy() || shown(*in_body) == in_path) return;
  throw Error(ErrorCode::kInvalidClassName,
              fmt::format("Class name mismatch between {} and {}.", shown(*in_body), in_path));
}

// Other servers may have changed it. Inside a transaction what is known must do: reading storage would wait for it.
std::shared_ptr<const schema::Schema> fresh_snapshot(const ApiRequest& request) {
  if (!request.context.storage.is_transaction()) request.services.schemas.reload();
  return request.services.schemas.snapshot();
}

http::Response get_all(ApiRequest& request) {
  request.require_master_key();
  const auto snapshot = fresh_snapshot(request);
  object::Array results;
  for (const auto& [name, class_schema] : snapshot->classes()) {
    if (!schema::is_volatile_class(name)) results.push_back(schema::describe(*class_schema));
  }
  return json_response(200, Object{{"results", std::move(results)}});
}

http::Response get_one(ApiRequest& request) {
  request.require_master_key();
  const std::string& class_name = request.path_params.at("class");
  const auto snapshot = fresh_snapshot(request);
  const schema::ClassSchema* found = snapshot->find(class_name);
  if (found == nullptr) throw Error(ErrorCode::kInvalidClassName, fmt::format("Class {} does not exist.", class_name));
  return json_response(200, schema::describe(*found));
}

http::Response create(ApiRequest& request, const std::string& class_name) {
  Object json = schema::describe(request.services.schemas.create_class(class_name, request.body));
  // A create answers with the indexes it was given; that of the objectId is shown from then on.
  if (Value* indexes = json.find("indexes")) indexes->get_if<Object>()->erase("_id_");
  return json_response(200, json);
}

http::Response create_unnamed(ApiRequest& request) {
  require_write(request, "create a schema");
  const Value* class_name = request.body.find("className");
  if (class_name == nullptr || !class_name->truthy())
    throw Error(ErrorCode::kMissingRequiredField, fmt::format("POST {} needs a class name.", request.path));
  return create(request, shown(*class_name));
}

http::Response create_named(ApiRequest& request) {
  require_write(request, "create a schema");
  const std::string& class_name = request.path_params.at("class");
  check_same_class(request, class_name);
  return create(request, class_name);
}

http::Response update(ApiRequest& request) {
  require_write(request, "update a schema");
  const std::string& class_name = request.path_params.at("class");
  check_same_class(request, class_name);
  return json_response(200, schema::describe(request.services.schemas.edit_class(class_name, request.body)));
}

http::Response remove(ApiRequest& request) {
  require_write(request, "delete a schema");
  request.services.schemas.delete_class(request.path_params.at("class"));
  return json_response(200, std::string("{}"));
}

}  // namespace

void bind_schemas(Routes& routes) {
  using http::Method;
  routes.add(Method::kGet, "/schemas", get_all);
  routes.add(Method::kPost, "/schemas", create_unnamed);
  routes.add(Method::kGet, "/schemas/:class", get_one);
  routes.add(Method::kPost, "/schemas/:class", create_named);
  routes.add(Method::kPut, "/schemas/:class", update);
  routes.add(Method::kDelete, "/schemas/:class", remove);
}

}  // namespace parse::api
