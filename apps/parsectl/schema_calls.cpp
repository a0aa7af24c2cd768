#include "apps/parsectl/schema_calls.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "apps/parsectl/failure.h"
#include "apps/parsectl/lookup.h"
#include "config/toml_document.h"
#include "object/json.h"
#include "schema/field_definition.h"
#include "schema/field_type.h"
#include "schema/permission_text.h"
#include "schema/schema_json.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;
using object::Value;

schema::FieldType read_type(std::string text, const std::string& argument) {
  // "Pointer:_User" needs no quotes in a shell.
  if (const std::size_t colon = text.find(':'); colon != std::string::npos)
    text = text.substr(0, colon) + '<' + text.substr(colon + 1) + '>';
  const auto type = schema::type_from_text(text);
  if (!type)
    throw Failure(ExitCode::kUsage, fmt::format("'{}' has no known type", argument),
                  "use NAME:TYPE with String, Number, Boolean, Date, File, GeoPoint, Polygon, Array, Object, Bytes, "
                  "Pointer:CLASS or Relation:CLASS");
  return *type;
}

Value read_default(const std::string& text, const schema::Field& field) {
  const auto json = object::try_parse_json(text);
  const bool is_text = field.type.kind == schema::FieldKind::kString && !(json && json->is<std::string>());
  if (is_text) return text;
  if (!json)
    throw Failure(ExitCode::kUsage, fmt::format("the default value of {} is no JSON: {}", field.name, text),
                  R"(for example --default score=0, or --default 'place={"__type":"GeoPoint", …}')");
  return *json;
}

schema::Field& named_field(std::vector<schema::Field>& fields, const std::string& name, std::string_view flag) {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.name == name; });
  if (found == fields.end())
    throw Failure(ExitCode::kUsage, fmt::format("{} names '{}', which is not among the fields", flag, name),
                  fmt::format("add {}:TYPE", name));
  return *found;
}

std::string read_all(const std::string& file) {
  if (file == "-") return {std::istreambuf_iterator<char>(std::cin), {}};
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file))
    throw Failure(ExitCode::kUsage, fmt::format("cannot read the file {}", file), "is the path right?");
  return {std::istreambuf_iterator<char>(in), {}};
}

bool is_json(const std::string& file, const std::string& text) {
  if (file.ends_with(".json")) return true;
  if (file.ends_with(".toml")) return false;
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string::npos && text[first] == '{';
}

const char* colour_of(const std::string& line) {
  if (line.starts_with('+')) return "\033[32m";
  return line.starts_with('-') ? "\033[31m" : "\033[33m";
}

}  // namespace

std::string schema_path(const std::string& class_name) { return "/schemas/" + client::segment(class_name); }

Object read_class(Session& session, const std::string& class_name) {
  try {
    return session.server().get(schema_path(class_name)).as<Object>();
  } catch (const client::Refusal& refusal) {
    if (refusal.code() != ErrorCode::kInvalidClassName) throw;
    throw Failure(ExitCode::kNotFound, fmt::format("there is no class '{}'", class_name),
                  "'parsectl schema list' shows those that exist");
  }
}

Array read_classes(Session& session) {
  const Value answer = session.server().get("/schemas");
  Array classes = answer.as<Object>().at("results").as<Array>();
  std::sort(classes.begin(), classes.end(), [](const Value& left, const Value& right) {
    return left.as<Object>().at("className").as<std::string>() < right.as<Object>().at("className").as<std::string>();
  });
  return classes;
}

std::int64_t count_objects(Session& session, const std::string& class_name, const Object& where) {
  return count(session.server(), {.path = "/classes/" + client::segment(class_name), .where = where});
}

Array permission_rows(const Object& definition) {
  Array rows;
  const Object permissions = schema::permissions_document(definition.at("classLevelPermissions").as<Object>());
  for (const auto& [key, value] : permissions) {
    Value who = value;
    if (const Array* list = value.get_if<Array>()) {
      std::vector<std::string> entities;
      for (const Value& entity : *list) entities.push_back(entity.as<std::string>());
      who = schema::entities_text(entities);
    }
    rows.emplace_back(Object{{"permission", key}, {"who", who}});
  }
  return rows;
}

Object field_definitions(const FieldArguments& arguments) {
  std::vector<schema::Field> fields;
  for (const std::string& argument : arguments.fields) {
    const std::size_t colon = argument.find(':');
    const std::string type = colon == std::string::npos ? "" : argument.substr(colon + 1);
    schema::Field field;
    field.name = argument.substr(0, colon);
    field.type = read_type(type, argument);
    fields.push_back(std::move(field));
  }
  for (const std::string& name : arguments.required) named_field(fields, name, "--required").required = true;
  for (const std::string& argument : arguments.defaults) {
    const std::size_t equals = argument.find('=');
    if (equals == std::string::npos)
      throw Failure(ExitCode::kUsage, fmt::format("--default {} has no value", argument), "use --default NAME=VALUE");
    schema::Field& field = named_field(fields, argument.substr(0, equals), "--default");
    field.default_value = read_default(argument.substr(equals + 1), field);
  }
  Object definitions;
  for (const schema::Field& field : fields) {
    try {
      schema::read_field_definition("", field.name, schema::write_field(field));
    } catch (const Error& error) {
      throw Failure(ExitCode::kUsage, fmt::format("field {}: {}", field.name, error.message()));
    }
    definitions.set(field.name, schema::write_field(field));
  }
  return definitions;
}

schema::SchemaDocument read_schema_file(const std::string& file) {
  const std::string text = read_all(file);
  try {
    if (!is_json(file, text)) return schema::read_document(config::read_toml_document(text, file));
    return schema::read_document(object::parse_json(text));
  } catch (const Error& error) {
    const bool is_named = error.message().starts_with(file);
    throw Failure(ExitCode::kUsage, is_named ? error.message() : fmt::format("{}: {}", file, error.message()),
                  "'parsectl schema export' shows what such a file looks like");
  }
}

Comparison compare(Session& session, const schema::SchemaDocument& wanted) {
  Comparison comparison;
  for (const Value& definition : read_classes(session))
    comparison.have.emplace_back(schema::own_definition(definition.as<Object>()));
  comparison.changes = schema::diff(comparison.have, wanted.definitions, wanted.is_partial);
  return comparison;
}

void print_changes(Session& session, const std::vector<schema::Change>& changes) {
  if (session.output().format() != OutputFormat::kTable) {
    Array rows;
    for (const schema::Change& change : changes) rows.emplace_back(schema::to_json(change));
    return session.output().rows({"change", "class", "name", "destructive"}, rows);
  }
  const bool is_coloured = ::isatty(STDOUT_FILENO) != 0 && session.environment().count("NO_COLOR") == 0;
  for (const schema::Change& change : changes) {
    const std::string line = schema::to_text(change) + (schema::is_destructive(change) ? "  (destructive)" : "");
    session.output().text(is_coloured ? fmt::format("{}{}\033[0m\n", colour_of(line), line) : line + '\n');
  }
}

}  // namespace parse::ctl
