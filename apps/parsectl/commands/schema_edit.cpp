#include <fmt/format.h>

#include <memory>

#include "apps/parsectl/commands/schema_group.h"
#include "apps/parsectl/schema_calls.h"
#include "schema/names.h"

namespace parse::ctl {
namespace {

using object::Object;
using object::Value;

struct ClassFields {
  std::string class_name;
  FieldArguments fields;
  std::vector<std::string> names;
  bool purges = false;
};
using Flags = std::shared_ptr<ClassFields>;

constexpr const char* kFieldsHelp = "NAME:TYPE, as title:String or owner:Pointer:_User";

void add_field_options(CLI::App& command, ClassFields& flags, bool is_required) {
  command.add_option("class", flags.class_name, "Name of the class")->required()->type_name("CLASS");
  CLI::Option* fields = command.add_option("fields", flags.fields.fields, kFieldsHelp)->type_name("FIELD");
  if (is_required) fields->required();
  command.add_option("--required", flags.fields.required, "This field must have a value; once for each")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command.add_option("--default", flags.fields.defaults, "NAME=VALUE in JSON; a text for a String; once for each")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
}

std::string names_of(const Object& fields) {
  std::vector<std::string> names;
  for (const auto& member : fields) names.push_back(member.key);
  return fmt::format("{}", fmt::join(names, ", "));
}

bool class_exists(Session& session, const std::string& name) {
  for (const Value& definition : read_classes(session)) {
    if (definition.as<Object>().at("className") == Value(name)) return true;
  }
  return false;
}

void create_class(Session& session, const ClassFields& flags) {
  const Object fields = field_definitions(flags.fields);
  if (!schema::is_valid_class_name(flags.class_name))
    throw Failure(ExitCode::kUsage, schema::invalid_class_name_message(flags.class_name));
  if (class_exists(session, flags.class_name))
    throw Failure(ExitCode::kConflict, fmt::format("the class {} exists already", flags.class_name),
                  "'parsectl schema add-field' adds fields to it");
  const Object body{{"className", flags.class_name}, {"fields", fields}};
  if (session.is_dry_run()) return session.output().done("would create the class " + flags.class_name, body);
  const Value made = session.server().post(schema_path(flags.class_name), body);
  session.output().done("created the class " + flags.class_name, made.as<Object>());
}

void add_fields(Session& session, const ClassFields& flags) {
  const Object fields = field_definitions(flags.fields);
  const Object existing = read_class(session, flags.class_name);
  const Object& there = existing.at("fields").as<Object>();
  for (const auto& member : fields) {
    if (there.contains(member.key))
      throw Failure(ExitCode::kConflict, fmt::format("{} has a field {} already", flags.class_name, member.key),
                    "nothing was added; 'parsectl schema get' shows its fields");
  }
  const Object body{{"fields", fields}};
  const std::string what = fmt::format("{} to {}", names_of(fields), flags.class_name);
  if (session.is_dry_run()) return session.output().done("would add " + what, body);
  const Value changed = session.server().put(schema_path(flags.class_name), body);
  session.output().done("added " + what, changed.as<Object>());
}

void delete_fields(Session& session, const ClassFields& flags) {
  const Object existing = read_class(session, flags.class_name);
  Object deletions;
  for (const std::string& name : flags.names) {
    if (!existing.at("fields").as<Object>().contains(name))
      throw Failure(ExitCode::kNotFound, fmt::format("{} has no field {}", flags.class_name, name),
                    "nothing was deleted; 'parsectl schema get' shows its fields");
    if (schema::is_default_field(name, flags.class_name))
      throw Failure(ExitCode::kRefused,
                    fmt::format("{} belongs to every {} and cannot be deleted", name, flags.class_name));
    deletions.set(name, Object{{"__op", "Delete"}});
  }
  const Object body{{"fields", deletions}};
  const std::string what = fmt::format("{} of {}", names_of(deletions), flags.class_name);
  if (session.is_dry_run()) return session.output().done("would delete " + what, body);
  session.confirm(fmt::format("Delete {} with the values in {} objects, and the indexes that need it?", what,
                              count_objects(session, flags.class_name)));
  const Value changed = session.server().put(schema_path(flags.class_name), body);
  session.output().done("deleted " + what, changed.as<Object>());
}

void delete_class(Session& session, const ClassFields& flags) {
  const std::string& name = flags.class_name;
  read_class(session, name);
  const std::int64_t count = count_objects(session, name);
  if (count > 0 && !flags.purges)
    throw Failure(ExitCode::kRefused, fmt::format("{} is not empty: it has {} objects", name, count),
                  "add --purge to delete them too");
  const Object result{{"className", name}, {"objects", count}};
  if (session.is_dry_run())
    return session.output().done(fmt::format("would delete the class {} and its {} objects", name, count), result);
  session.confirm(fmt::format("Delete the class {} and its {} objects?", name, count));
  if (flags.purges) session.server().remove("/purge/" + client::segment(name));
  session.server().remove(schema_path(name));
  session.output().done(fmt::format("deleted the class {} and its {} objects", name, count), result);
}

}  // namespace

void add_schema_edit_commands(Commands& commands, CLI::App& group) {
  const Flags made = std::make_shared<ClassFields>();
  CLI::App& create = commands.add(group, "create", "Make a class", [made](Session& s) { create_class(s, *made); });
  add_field_options(create, *made, false);
  create.footer(
      "Types: String, Number, Boolean, Date, File, GeoPoint, Polygon, Array, Object, Bytes, Pointer:CLASS (or\n"
      "'Pointer<CLASS>' in quotes), Relation:CLASS.\n"
      "Example:\n"
      "  parsectl schema create Game title:String score:Number owner:Pointer:_User --required title --default score=0");

  const Flags added = std::make_shared<ClassFields>();
  CLI::App& add =
      commands.add(group, "add-field", "Add fields to a class", [added](Session& s) { add_fields(s, *added); });
  add_field_options(add, *added, true);
  add.footer("Example:\n  parsectl schema add-field Game level:Number tags:Array --default level=1");

  const Flags deleted = std::make_shared<ClassFields>();
  CLI::App& remove = commands.add(group, "delete-field", "Delete fields with their values",
                                  [deleted](Session& s) { delete_fields(s, *deleted); });
  remove.add_option("class", deleted->class_name, "Name of the class")->required()->type_name("CLASS");
  remove.add_option("fields", deleted->names, "Names of the fields")->required()->type_name("NAME");
  remove.footer(
      "The indexes that need the fields go with them.\nExample:\n  parsectl schema delete-field Game level --yes");

  const Flags dropped = std::make_shared<ClassFields>();
  CLI::App& drop =
      commands.add(group, "delete", "Delete a class", [dropped](Session& s) { delete_class(s, *dropped); });
  drop.add_option("class", dropped->class_name, "Its name")->required()->type_name("CLASS");
  drop.add_flag("--purge", dropped->purges, "Delete its objects too; without it only an empty class goes");
  drop.footer("Example:\n  parsectl schema delete Game --purge --yes");
}

}  // namespace parse::ctl
