#pragma once

#include <string>
#include <vector>

#include "apps/parsectl/session.h"
#include "object/value.h"
#include "schema/schema_diff.h"
#include "schema/schema_document.h"

/// The schema API and schema files, as several commands use them.
namespace parse::ctl {

/// One class as the schema API shows it. Throws Failure kNotFound.
object::Object read_class(Session& session, const std::string& class_name);
/// All classes, by name.
object::Array read_classes(Session& session);
/// The path of a class in the schema API.
std::string schema_path(const std::string& class_name);
/// How many objects a class has.
std::int64_t count_objects(Session& session, const std::string& class_name, const object::Object& where = {});

/// `{"permission","who"}` for each operation and for what else the permissions of a class say.
object::Array permission_rows(const object::Object& definition);

/// Fields as the command line names them: `score:Number`, `owner:Pointer<_User>` or `owner:Pointer:_User`.
struct FieldArguments {
  std::vector<std::string> fields;
  std::vector<std::string> required;
  std::vector<std::string> defaults;
};
/// Their definitions, by name, in the form of the schema API. `defaults` are `name=value`: JSON, or any text for a
/// String. Throws Failure kUsage.
object::Object field_definitions(const FieldArguments& arguments);

/// Reads a schema file: JSON when its name or its first character says so, else TOML; "-" is the standard input. Throws
/// Failure kUsage with the place of the mistake.
schema::SchemaDocument read_schema_file(const std::string& file);

/// What differs between the server and a file. Both are as the schema API has them.
struct Comparison {
  object::Array have;
  std::vector<schema::Change> changes;
};
Comparison compare(Session& session, const schema::SchemaDocument& wanted);
/// A line for each, in colours on a terminal; or objects.
void print_changes(Session& session, const std::vector<schema::Change>& changes);

}  // namespace parse::ctl
