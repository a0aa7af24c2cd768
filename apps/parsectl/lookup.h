#pragma once

#include <string>
#include <vector>

#include "client/rest_client.h"
#include "object/value.h"

/// Finding things on the server by what people call them.
namespace parse::ctl {

/// The text at `key`; "" when there is none.
std::string text_at(const object::Object& object, std::string_view key);

/// The JSON of a flag or argument called `name`. Throws Failure kUsage, saying where it is wrong.
object::Value parse_json_input(const std::string& name, const std::string& text);
/// As above; anything but an object is a mistake, too.
object::Object parse_object_input(const std::string& name, const std::string& text);

/// What is asked of `path` ("/roles"): `where` has no constraint on objectId.
struct Search {
  std::string path;
  object::Object where = {};
  client::Params params = {};
};
/// Every object that matches, read a page at a time in the order of their ids.
object::Array find_all(client::RestClient& server, const Search& search);
/// How many match.
std::int64_t count(client::RestClient& server, const Search& search);
/// The constraint on what a relation holds: `{"$relatedTo": …}`.
object::Object related_to(const object::Pointer& owner, const std::string& key);

/// The user with this id, else with this username, else with this email. Throws Failure kNotFound.
object::Object find_user(client::RestClient& server, const std::string& name);
/// The role of this name. Throws Failure kNotFound.
object::Object find_role(client::RestClient& server, const std::string& name);
/// A pointer to an object of `class_name` as it was read.
object::Pointer pointer_to(const std::string& class_name, const object::Object& object);

}  // namespace parse::ctl
