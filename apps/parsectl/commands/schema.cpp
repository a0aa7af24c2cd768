#include <fmt/format.h>

#include <memory>

#include "apps/parsectl/commands/schema_group.h"
#include "apps/parsectl/schema_calls.h"
#include "object/json.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;
using object::Value;

std::int64_t size_of(const Object& definition, std::string_view key) {
  const Value* part = definition.find(key);
  const Object* map = part ? part->get_if<Object>() : nullptr;
  return map ? static_cast<std::int64_t>(map->size()) : 0;
}

void list_classes(Session& session, bool counts) {
  std::vector<std::string> columns{"class", "fields", "indexes"};
  if (counts) columns.emplace_back("objects");
  Array rows;
  for (const Value& definition : read_classes(session)) {
    const Object& map = definition.as<Object>();
    const std::string& name = map.at("className").as<std::string>();
    Object row{{"class", name}, {"fields", size_of(map, "fields")}, {"indexes", size_of(map, "indexes")}};
    if (counts) row.append("objects", count_objects(session, name));
    rows.emplace_back(std::move(row));
  }
  session.output().rows(columns, rows);
}

std::string type_text(const Object& field) {
  const Value* target = field.find("targetClass");
  const std::string& type = field.at("type").as<std::string>();
  return target ? fmt::format("{}<{}>", type, target->as<std::string>()) : type;
}

Array field_rows(const Object& definition) {
  Array rows;
  for (const auto& [name, field] : definition.at("fields").as<Object>()) {
    const Object& map = field.as<Object>();
    const Value* value = map.find("defaultValue");
    const Value* required = map.find("required");
    const bool is_required = required != nullptr && required->truthy();
    rows.emplace_back(Object{{"field", name},
                             {"type", type_text(map)},
                             {"required", is_required ? "yes" : ""},
                             {"default", value ? object::to_json(*value) : ""}});
  }
  return rows;
}

void show_class(Session& session, const std::string& name) {
  const Object definition = read_class(session, name);
  Output& output = session.output();
  if (output.format() == OutputFormat::kJson || output.format() == OutputFormat::kNdjson)
    return output.object(definition);
  output.rows({"field", "type", "required", "default"}, field_rows(definition));
  if (output.format() == OutputFormat::kCsv) return;
  if (const Value* indexes = definition.find("indexes")) {
    Array rows;
    for (const auto& [index, keys] : indexes->as<Object>())
      rows.emplace_back(Object{{"index", index}, {"keys", object::to_json(keys)}});
    output.text("\n");
    output.rows({"index", "keys"}, rows);
  }
  output.text("\n");
  output.rows({"permission", "who"}, permission_rows(definition));
}

}  // namespace

void add_schema_commands(Commands& commands) {
  CLI::App& group = commands.group("schema", "Classes and their fields, by hand or by a file in version control");
  group.footer(
      "Examples:\n"
      "  parsectl schema create Game title:String score:Number owner:Pointer:_User --required title\n"
      "  parsectl schema export schema.toml       # keep it in version control\n"
      "  parsectl schema diff schema.toml         # exit 5 when the server differs\n"
      "  parsectl schema apply schema.toml        # bring the server to it; again: nothing to do");
  const auto counts = std::make_shared<bool>(false);
  CLI::App& list = commands.add(group, "list", "List the classes", [counts](Session& s) { list_classes(s, *counts); });
  list.add_flag("--count", *counts, "Count their objects too");
  list.footer("Example:\n  parsectl schema list --count");
  const auto name = std::make_shared<std::string>();
  CLI::App& get = commands.add(group, "get", "Show the fields, indexes and permissions of a class",
                               [name](Session& s) { show_class(s, *name); });
  get.add_option("class", *name, "Its name")->required()->type_name("CLASS");
  get.footer("Examples:\n  parsectl schema get Game\n  parsectl schema get Game --output json");
  add_schema_edit_commands(commands, group);
  add_rename_field_command(commands, group);
  add_schema_file_commands(commands, group);
  add_schema_apply_command(commands, group);
}

}  // namespace parse::ctl
