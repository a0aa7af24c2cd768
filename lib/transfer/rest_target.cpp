#include "transfer/rest_target.h"

#include <fmt/format.h>

#include <utility>

#include "base/error.h"
#include "crypto/random.h"
#include "object/json.h"
#include "schema/default_classes.h"
#include "schema/field_type.h"
#include "schema/names.h"
#include "schema/schema_json.h"

namespace parse::transfer {
namespace {

using object::Array;
using object::Object;
using object::Value;

constexpr std::string_view kHash = "_hashed_password";

schema::FieldType read_type(const Object& json) {
  schema::FieldType type;
  const std::string& name = json.at("type").as<std::string>();
  type.kind = name == "ACL" ? schema::FieldKind::kAcl : schema::kind_from_name(name).value_or(type.kind);
  if (const Value* target = json.find("targetClass")) type.target_class = target->as<std::string>();
  return type;
}

schema::ClassSchema read_class(const Object& json) {
  schema::ClassSchema made;
  made.name = json.at("className").as<std::string>();
  for (const object::Member& member : json.at("fields").as<Object>()) {
    schema::Field field;
    field.name = member.key;
    field.type = read_type(member.value.as<Object>());
    made.fields.push_back(std::move(field));
  }
  return made;
}

/// "/parse" of "http://localhost:1337/parse": the paths in a batch begin with it.
std::string mount_path_of(const std::string& url) {
  const std::size_t host = url.find("://");
  const std::size_t slash = host == std::string::npos ? std::string::npos : url.find('/', host + 3);
  return slash == std::string::npos ? "" : url.substr(slash);
}

Outcome read_outcome(const Object& answer) {
  const Value* failed = answer.find("error");
  if (failed == nullptr) return {};
  const Object* error = failed->get_if<Object>();
  const Value* code = error ? error->find("code") : nullptr;
  const Value* text = error ? error->find("error") : nullptr;
  const std::string message = text && text->is<std::string>() ? text->as<std::string>() : object::to_json(*failed);
  const auto number = static_cast<ErrorCode>(code ? static_cast<int>(code->number()) : -1);
  if (number == ErrorCode::kDuplicateValue) return {Fate::kExists, message};
  if (number == ErrorCode::kInvalidKeyName && message.starts_with("objectId is an invalid"))
    throw client::Refusal(ErrorCode::kOperationForbidden, "the server does not let anybody choose objectIds", 403);
  return {Fate::kRefused, message};
}

Object part_of(std::string method, std::string path, Object body) {
  return Object{{"method", std::move(method)}, {"path", std::move(path)}, {"body", std::move(body)}};
}

/// What is sent of a user whose password is only known as a hash: keep_hashes brings the hash afterwards, and until
/// then nobody knows the password.
Object body_of(const std::string& class_name, const Object& object) {
  Object body = object;
  if (class_name != "_User") return body;
  for (const std::string_view internal : {kHash, std::string_view("_session_token")}) body.erase(internal);
  if (!body.contains("password") && !body.contains("authData"))
    body.append("password", crypto::random_alphanumeric(32));
  return body;
}

}  // namespace

schema::Schema read_schema(client::RestClient& server) {
  schema::Schema schema;
  const Value answer = server.get("/schemas");
  for (const Value& json : answer.as<Object>().at("results").as<Array>()) schema.set(read_class(json.as<Object>()));
  return schema;
}

RestTarget::RestTarget(client::RestClient& server, std::string maintenance_key)
    : server_(server),
      maintenance_key_(std::move(maintenance_key)),
      mount_path_(mount_path_of(server.place())),
      schema_(read_schema(server)) {
  if (!maintenance_key_.empty()) check_maintenance_key();
}

/// A key that is wrong would go unnoticed beside the master key, and the times would be lost. The right one has no
/// access to schemas.
void RestTarget::check_maintenance_key() {
  client::Call call{.method = "GET", .path = "/schemas/_User"};
  call.headers.emplace_back("X-Parse-Maintenance-Key", maintenance_key_);
  if (server_.send(std::move(call)).status == 200)
    throw client::Refusal(ErrorCode::kOperationForbidden, "the server does not know this maintenance key", 400);
}

std::string RestTarget::path_of(const std::string& class_name, const std::string& id) const {
  std::string path = mount_path_ + "/classes/" + client::segment(class_name);
  return id.empty() ? path : path + "/" + client::segment(id);
}

void RestTarget::add_fields(const std::string& class_name, const std::vector<schema::Field>& fields) {
  const schema::ClassSchema* before = schema_.find(class_name);
  schema::ClassSchema after = before ? *before : schema::default_class(class_name);
  Object definitions;
  for (const schema::Field& field : fields) {
    if (after.find_field(field.name) == nullptr) after.fields.push_back(field);
    if (!schema::is_internal_field(field.name) && !schema::is_default_field(field.name, class_name))
      definitions.set(field.name, schema::write_field(field));
  }
  const Object body{{"className", class_name}, {"fields", definitions}};
  const std::string path = "/schemas/" + client::segment(class_name);
  if (before == nullptr && !schema::is_volatile_class(class_name))
    server_.post(path, body);
  else if (!definitions.empty())
    server_.put(path, body);
  schema_.set(std::move(after));
}

std::set<std::string> RestTarget::existing(const std::string& class_name, const std::vector<std::string>& ids) {
  Array list;
  for (const std::string& id : ids) list.emplace_back(id);
  const Object where{{"objectId", Object{{"$in", std::move(list)}}}};
  const Object body{
      {"_method", "GET"}, {"where", where}, {"keys", "objectId"}, {"limit", static_cast<std::int64_t>(ids.size())}};
  const Value answer = server_.post("/classes/" + client::segment(class_name), body);
  std::set<std::string> found;
  for (const Value& row : answer.as<Object>().at("results").as<Array>()) found.insert(id_of(row.as<Object>()));
  return found;
}

std::vector<Outcome> RestTarget::send_batch(Array parts) {
  const std::size_t count = parts.size();
  client::Call call{
      .method = "POST", .path = "/batch", .body = object::to_json(Object{{"requests", std::move(parts)}})};
  if (!maintenance_key_.empty()) call.headers.emplace_back("X-Parse-Maintenance-Key", maintenance_key_);
  const client::Answer answer = server_.send(std::move(call));
  const auto body = object::try_parse_json(answer.body);
  const Array* list = body ? body->get_if<Array>() : nullptr;
  if (answer.status != 200 || list == nullptr || list->size() != count) {
    const Object* map = body ? body->get_if<Object>() : nullptr;
    const Value* text = map ? map->find("error") : nullptr;
    const std::string message =
        text && text->is<std::string>() ? text->as<std::string>() : fmt::format("status {} to a batch", answer.status);
    throw client::Refusal(ErrorCode::kOtherCause, message, answer.status);
  }
  std::vector<Outcome> outcomes;
  for (const Value& item : *list) outcomes.push_back(read_outcome(item.as<Object>()));
  return outcomes;
}

/// Without the maintenance key a hash could not follow its user.
std::vector<Outcome> RestTarget::post(const std::string& class_name, const std::vector<Object>& objects) {
  std::vector<Outcome> outcomes(objects.size());
  std::vector<std::size_t> places;
  Array parts;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (maintenance_key_.empty() && class_name == "_User" && objects[i].contains(kHash)) {
      outcomes[i] = {Fate::kRefused, "the hash of its password can be kept only with --maintenanceKey, or --database"};
      continue;
    }
    parts.emplace_back(part_of("POST", path_of(class_name), body_of(class_name, objects[i])));
    places.push_back(i);
  }
  if (parts.empty()) return outcomes;
  std::vector<Outcome> sent = send_batch(std::move(parts));
  for (std::size_t i = 0; i < sent.size(); ++i) outcomes[places[i]] = std::move(sent[i]);
  return outcomes;
}

/// Not every value that must be unique is an objectId; and a user that exists is refused for its name first.
void RestTarget::look_twice(const std::string& class_name, const std::vector<Object>& objects,
                            std::vector<Outcome>& outcomes) {
  std::vector<std::string> doubtful;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (outcomes[i].fate != Fate::kStored) doubtful.push_back(id_of(objects[i]));
  }
  if (doubtful.empty()) return;
  const std::set<std::string> known = existing(class_name, doubtful);
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (outcomes[i].fate != Fate::kStored)
      outcomes[i].fate = known.contains(id_of(objects[i])) ? Fate::kExists : Fate::kRefused;
  }
}

std::vector<Outcome> RestTarget::create(const std::string& class_name, const std::vector<Object>& objects,
                                        WhenExists when_exists) {
  if (when_exists == WhenExists::kStoreNone) {
    const std::set<std::string> known = existing(class_name, ids_of(objects));
    std::vector<Outcome> outcomes(objects.size());
    for (std::size_t i = 0; i < objects.size(); ++i) {
      if (known.contains(id_of(objects[i]))) outcomes[i].fate = Fate::kExists;
    }
    if (!known.empty()) return outcomes;
  }
  std::vector<Outcome> outcomes = post(class_name, objects);
  look_twice(class_name, objects, outcomes);
  if (class_name == "_User") keep_hashes(objects, outcomes);
  return outcomes;
}

void RestTarget::finish(const std::string& class_name, const std::vector<Object>& objects) {
  std::vector<Outcome> outcomes(objects.size());
  if (class_name == "_User") keep_hashes(objects, outcomes);
}

/// Brings the hashes of the users that were stored.
void RestTarget::keep_hashes(const std::vector<Object>& users, std::vector<Outcome>& outcomes) {
  Array parts;
  std::vector<Outcome*> places;
  for (std::size_t i = 0; i < users.size(); ++i) {
    const Value* hash = users[i].find(kHash);
    if (hash == nullptr || outcomes[i].fate != Fate::kStored) continue;
    parts.emplace_back(part_of("PUT", path_of("_User", id_of(users[i])), Object{{std::string(kHash), *hash}}));
    places.push_back(&outcomes[i]);
  }
  if (parts.empty()) return;
  const std::vector<Outcome> kept = send_batch(std::move(parts));
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (kept[i].fate != Fate::kStored)
      *places[i] = {Fate::kRefused, "stored, but not the hash of its password: " + kept[i].reason};
  }
}

std::vector<Outcome> RestTarget::replace(const std::string& class_name, const std::vector<Object>& objects) {
  const schema::ClassSchema& class_schema = *schema_.find(class_name);
  Array parts;
  for (const Object& object : objects) {
    Object body = object;
    for (const char* kept : {"objectId", "createdAt", "updatedAt"}) body.erase(kept);
    if (class_name == "_Session") body.erase("sessionToken");
    for (const schema::Field& field : class_schema.fields) {
      const bool stays = field.type.kind == schema::FieldKind::kRelation ||
                         field.type.kind == schema::FieldKind::kAcl || schema::is_default_field(field.name, class_name);
      if (!stays && !object.contains(field.name)) body.set(field.name, Object{{"__op", "Delete"}});
    }
    if (!object.contains("ACL") && class_name != "_Session") body.set("ACL", nullptr);
    parts.emplace_back(part_of("PUT", path_of(class_name, id_of(object)), std::move(body)));
  }
  return send_batch(std::move(parts));
}

std::vector<Outcome> RestTarget::add_members(const RelationName& relation, const std::vector<Membership>& members) {
  const std::string& target = schema_.find(relation.owning_class)->find_field(relation.key)->type.target_class;
  Array parts;
  for (const Membership& member : members) {
    const object::Pointer related{target, member.related_id};
    const Object change{{"__op", "AddRelation"}, {"objects", Array{related}}};
    parts.emplace_back(
        part_of("PUT", path_of(relation.owning_class, member.owning_id), Object{{relation.key, change}}));
  }
  return send_batch(std::move(parts));
}

}  // namespace parse::transfer
