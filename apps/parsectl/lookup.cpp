#include "apps/parsectl/lookup.h"

#include <fmt/format.h>

#include "apps/parsectl/failure.h"
#include "object/json.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;
using object::Value;

constexpr std::size_t kPage = 1000;

Array results_of(client::RestClient& server, const std::string& path, const client::Params& params) {
  return server.get(path, params).as<Object>().at("results").as<Array>();
}

}  // namespace

std::string text_at(const Object& object, std::string_view key) {
  const Value* value = object.find(key);
  const std::string* text = value ? value->get_if<std::string>() : nullptr;
  return text ? *text : "";
}

Value parse_json_input(const std::string& name, const std::string& text) {
  try {
    return object::parse_json(text);
  } catch (const Error& error) {
    throw Failure(ExitCode::kUsage, fmt::format("{} is no JSON: {}", name, error.message()),
                  "quote it for the shell, as in '{\"score\": 5}'");
  }
}

Object parse_object_input(const std::string& name, const std::string& text) {
  Value value = parse_json_input(name, text);
  if (auto* found = value.get_if<Object>()) return std::move(*found);
  throw Failure(ExitCode::kUsage, fmt::format("{} must be a JSON object, such as '{{\"score\": 5}}'", name));
}

Array find_all(client::RestClient& server, const Search& search) {
  Array all;
  for (Object where = search.where;;) {
    client::Params params = search.params;
    params.insert(params.end(),
                  {{"where", object::to_json(where)}, {"order", "objectId"}, {"limit", std::to_string(kPage)}});
    Array page = results_of(server, search.path, params);
    const bool is_last = page.empty();  // a server may have a smaller maxLimit than the page
    if (!is_last) where.set("objectId", Object{{"$gt", page.back().as<Object>().at("objectId")}});
    std::move(page.begin(), page.end(), std::back_inserter(all));
    if (is_last) return all;
  }
}

std::int64_t count(client::RestClient& server, const Search& search) {
  client::Params params = search.params;
  params.insert(params.end(), {{"where", object::to_json(search.where)}, {"limit", "0"}, {"count", "1"}});
  return server.get(search.path, params).as<Object>().at("count").as<std::int64_t>();
}

Object related_to(const object::Pointer& owner, const std::string& key) {
  return {{"$relatedTo", Object{{"object", owner}, {"key", key}}}};
}

Object find_user(client::RestClient& server, const std::string& name) {
  const Array any = {Object{{"objectId", name}}, Object{{"username", name}}, Object{{"email", name}}};
  const Array found = results_of(server, "/users", {{"where", object::to_json(Object{{"$or", any}})}});
  for (const std::string_view key : {"objectId", "username", "email"}) {
    for (const Value& user : found) {
      if (text_at(user.as<Object>(), key) == name) return user.as<Object>();
    }
  }
  throw Failure(ExitCode::kNotFound, fmt::format("there is no user with the id, username or email '{}'", name));
}

Object find_role(client::RestClient& server, const std::string& name) {
  const Array found = results_of(server, "/roles", {{"where", object::to_json(Object{{"name", name}})}});
  if (found.empty())
    throw Failure(ExitCode::kNotFound, fmt::format("there is no role '{}'", name), "'parsectl role tree' shows them");
  return found.front().as<Object>();
}

object::Pointer pointer_to(const std::string& class_name, const Object& object) {
  return {class_name, text_at(object, "objectId")};
}

}  // namespace parse::ctl
