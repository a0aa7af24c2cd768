#pragma once

#include "object/value.h"
#include "rest/schema_service.h"

namespace parse::rest {

/// The `schema` option: classes that the configuration declares. Source: options `schema.*`; parse-server
/// DefinedSchemas.
struct DeclaredSchemas {
  /// `{"className","fields","indexes","classLevelPermissions"}` for each class.
  object::Array definitions = {};
  /// A definition that cannot be applied stops the start, and differences that are left alone are logged.
  bool strict = false;
  /// Fields that are not declared are dropped with their values.
  bool delete_extra_fields = false;
  /// Fields of another type than declared are dropped with their values and made anew.
  bool recreate_modified_fields = false;
  /// Indexes that are not declared stay.
  bool keep_unknown_indexes = false;
};

/// Brings the database to the declared classes; called once at start, only when the option is given. Every class gets
/// `addField` closed, so that clients cannot widen the schema; a declared class without permissions is closed. Built-in
/// fields and indexes are left alone. Throws what SchemaService throws, naming the class, when `strict`; otherwise such
/// failures are logged and the other classes go on.
void apply_declared_schemas(SchemaService& service, const DeclaredSchemas& declared);

}  // namespace parse::rest
