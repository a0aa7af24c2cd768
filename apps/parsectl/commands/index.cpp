#include <fmt/format.h>

#include "apps/parsectl/commands.h"
#include "apps/parsectl/index_name.h"
#include "apps/parsectl/lookup.h"
#include "object/json.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;
using object::Value;

constexpr std::string_view kOptions = "_options";
/// The index of the objectId, which every class has.
constexpr std::string_view kIdIndex = "_id_";

struct CreateFlags {
  std::string class_name;
  std::string keys;
  std::string name;
  std::string where;
  bool is_unique = false;
};

struct DropFlags {
  std::string class_name;
  std::string name;
};

[[noreturn]] void throw_bad_keys(const std::string& key) {
  throw Failure(
      ExitCode::kUsage, fmt::format("'{}' is no key of an index", key),
      "write field, -field for descending order, or field:text, field:2d, field:2dsphere; with commas between");
}

std::pair<std::string, Value> read_key(const std::string& key) {
  const std::size_t colon = key.find(':');
  const bool descends = key.starts_with('-');
  const std::string field =
      key.substr(descends ? 1 : 0, colon == std::string::npos ? colon : colon - (descends ? 1 : 0));
  if (field.empty()) throw_bad_keys(key);
  if (colon == std::string::npos) return {field, descends ? -1 : 1};
  const std::string kind = key.substr(colon + 1);
  if (!descends && (kind == "1" || kind == "-1")) return {field, kind == "1" ? 1 : -1};
  if (descends || (kind != "text" && kind != "2d" && kind != "2dsphere")) throw_bad_keys(key);
  return {field, kind};
}

/// "title,-level" as {"title": 1, "level": -1}.
Object read_keys(const std::string& text) {
  Object keys;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    auto [field, kind] = read_key(text.substr(begin, end - begin));
    if (keys.contains(field))
      throw Failure(ExitCode::kUsage, fmt::format("the field '{}' comes twice in '{}'", field, text));
    keys.set(field, std::move(kind));
    begin = end + 1;
  }
  return keys;
}

/// {"title": 1, "level": -1} as "title,-level".
std::string write_keys(const Object& index) {
  std::string text;
  for (const auto& [field, kind] : index) {
    if (field == kOptions) continue;
    const bool is_number = kind.is_number();
    text += fmt::format("{}{}{}{}", text.empty() ? "" : ",", is_number && kind.number() < 0 ? "-" : "", field,
                        is_number ? "" : ":" + cell(&kind));
  }
  return text;
}

Object index_of(const CreateFlags& flags) {
  Object index = read_keys(flags.keys);
  Object options;
  if (flags.is_unique) options.set("unique", true);
  if (!flags.where.empty()) options.set("where", parse_object_input("--where", flags.where));
  if (!options.empty()) index.set(kOptions, std::move(options));
  return index;
}

Object read_schema(Session& session, const std::string& class_name) {
  try {
    return session.server().get("/schemas/" + client::segment(class_name)).as<Object>();
  } catch (const client::Refusal& refusal) {
    if (refusal.code() != ErrorCode::kInvalidClassName) throw;
    throw Failure(ExitCode::kNotFound, fmt::format("there is no class '{}'", class_name));
  }
}

Object indexes_of(const Object& schema) {
  const Value* indexes = schema.find("indexes");
  return indexes ? indexes->as<Object>() : Object();
}

void add_rows(const Object& schema, Array& rows) {
  for (const auto& [name, index] : indexes_of(schema)) {
    const Object& keys = index.as<Object>();
    Object row{{"class", schema.at("className")}, {"name", name}, {"keys", write_keys(keys)}};
    if (const Value* options = keys.find(kOptions)) row.set("options", *options);
    rows.emplace_back(std::move(row));
  }
}

void list_indexes(Session& session, const std::string& class_name) {
  Array rows;
  if (!class_name.empty()) {
    add_rows(read_schema(session, class_name), rows);
  } else {
    const Value schemas = session.server().get("/schemas");
    for (const Value& schema : schemas.as<Object>().at("results").as<Array>()) add_rows(schema.as<Object>(), rows);
  }
  session.output().rows({"class", "name", "keys", "options"}, rows);
}

/// Sends the change of one index, or shows it.
void put_index(Session& session, const std::string& class_name, const std::string& name, const Value& index) {
  const Object body{{"className", class_name}, {"indexes", Object{{name, index}}}};
  if (session.is_dry_run())
    session.output().done(fmt::format("would send PUT /schemas/{} {}", class_name, object::to_json(body)), body);
  else
    session.server().put("/schemas/" + client::segment(class_name), body);
}

void create_index(Session& session, const CreateFlags& flags) {
  const Object index = index_of(flags);
  const std::string name = flags.name.empty() ? default_index_name(read_keys(flags.keys)) : flags.name;
  const Object schema = read_schema(session, flags.class_name);
  const Object result{{"class", flags.class_name}, {"name", name}, {"index", index}};
  const Object indexes = indexes_of(schema);
  if (const Value* present = indexes.find(name)) {
    if (*present == Value(index))
      return session.output().done(fmt::format("index {} of {} is there already", name, flags.class_name), result);
    throw Failure(ExitCode::kConflict,
                  fmt::format("{} has another index {}: {}", flags.class_name, name, object::to_json(*present)),
                  "choose another --name, or drop that one first");
  }
  for (const auto& key : read_keys(flags.keys)) {
    if (!schema.at("fields").as<Object>().contains(key.key))
      throw Failure(ExitCode::kNotFound, fmt::format("{} has no field '{}'", flags.class_name, key.key));
  }
  put_index(session, flags.class_name, name, index);
  if (!session.is_dry_run())
    session.output().done(fmt::format("made index {} of {} on {}", name, flags.class_name, write_keys(index)), result);
}

void drop_index(Session& session, const DropFlags& flags) {
  if (flags.name == kIdIndex) throw Failure(ExitCode::kRefused, "the index of the objectId cannot be dropped");
  const Object indexes = indexes_of(read_schema(session, flags.class_name));
  const Value* index = indexes.find(flags.name);
  if (index == nullptr)
    throw Failure(ExitCode::kNotFound, fmt::format("{} has no index '{}'", flags.class_name, flags.name),
                  fmt::format("'parsectl index list {}' shows them", flags.class_name));
  session.confirm(
      fmt::format("Drop the index {} of {} on {}?", flags.name, flags.class_name, write_keys(index->as<Object>())));
  put_index(session, flags.class_name, flags.name, Object{{"__op", "Delete"}});
  if (!session.is_dry_run())
    session.output().done(fmt::format("dropped index {} of {}", flags.name, flags.class_name),
                          {{"class", flags.class_name}, {"name", flags.name}, {"index", *index}});
}

void add_list(Commands& commands, CLI::App& group) {
  const auto class_name = std::make_shared<std::string>();
  CLI::App& list = commands.add(group, "list", "Show the indexes of one class, or of all",
                                [class_name](Session& session) { list_indexes(session, *class_name); });
  list.add_option("class", *class_name, "Only of this class")->type_name("CLASS");
  list.footer(
      "The server's own indexes, of usernames and the like, are not shown.\n\nExample:\n"
      "  parsectl index list Game");
}

void add_create(Commands& commands, CLI::App& group) {
  const auto flags = std::make_shared<CreateFlags>();
  CLI::App& create =
      commands.add(group, "create", "Make an index", [flags](Session& session) { create_index(session, *flags); });
  create.add_option("class", flags->class_name, "Class to index")->type_name("CLASS")->required();
  create.add_option("keys", flags->keys, "Fields with commas between: field, -field, field:text, field:2dsphere")
      ->type_name("KEYS")
      ->required();
  create.add_option("--name", flags->name, "Name of the index [fields and directions: title_1_level_-1]");
  create.add_flag("--unique", flags->is_unique, "Refuse a second object with equal values; absent values do not count");
  create.add_option("--where", flags->where, "Index only objects that match")->type_name("JSON");
  create.footer(
      "An equal index that is there already is a success. On a large class give --timeout enough seconds.\n"
      "A first field in descending order is written field:-1, or after --.\n\n"
      "Examples:\n"
      "  parsectl index create Game title,-level\n"
      "  parsectl index create Game owner --unique --where '{\"open\": true}' --name one_open_game\n"
      "  parsectl index create Shop place:2dsphere --dry-run");
}

}  // namespace

void add_index_commands(Commands& commands) {
  CLI::App& group = commands.group("index", "List, create and drop indexes");
  add_list(commands, group);
  add_create(commands, group);
  const auto flags = std::make_shared<DropFlags>();
  CLI::App& drop = commands.add(group, "drop", "Drop an index; its objects stay",
                                [flags](Session& session) { drop_index(session, *flags); });
  drop.add_option("class", flags->class_name, "Class of the index")->type_name("CLASS")->required();
  drop.add_option("name", flags->name, "Name of the index, as list shows it")->type_name("NAME")->required();
  drop.footer("Example:\n  parsectl index drop Game title_1_level_-1 --yes");
  add_index_suggest_command(commands, group);
}

}  // namespace parse::ctl
