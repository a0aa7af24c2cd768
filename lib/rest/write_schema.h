#pragma once

#include <memory>
#include <optional>
#include <string>

#include "object/update_op.h"
#include "query/where.h"
#include "rest/context.h"

namespace parse::rest {

/// A schema snapshot in which the class of a write exists with every field the write needs.
struct WriteSchema {
  std::shared_ptr<const schema::Schema> schema;
  const schema::ClassSchema* class_schema = nullptr;
  /// New fields were made under a pointer permission: only objects that meet this condition may get them.
  std::optional<query::Condition> reach = std::nullopt;
};

/// Checks `changes` against the class and makes what is new: the class, its fields. New fields of an existing class
/// need the class-level permission addField. Errors: kInvalidClassName (103), kIncorrectType (111), kInvalidKeyName
/// (105), kOperationForbidden (119).
WriteSchema prepare_schema(const Context& context, const std::string& class_name, const object::Update& changes,
                           bool creating);

/// As prepare_schema, after storage threw StaleSchema: reads the schema anew first. Not inside a transaction. Errors:
/// those of prepare_schema; kOperationForbidden (119) where clients may not make the class that is gone.
WriteSchema prepare_schema_again(const Context& context, const std::string& class_name, const object::Update& changes,
                                 bool creating);

}  // namespace parse::rest
