#pragma once

#include <optional>
#include <string>
#include <vector>

#include "object/value.h"
#include "query/where.h"
#include "rest/context.h"
#include "schema/protected_fields.h"

namespace parse::rest {

/// What the caller sees of the objects of one class: without its protected fields, without internal columns, and of
/// users no authData but one's own. Every object read for a client goes through one. Source: REST spec, "Access
/// control", 5 and 7; parse-server DatabaseController filterSensitiveData.
class Visibility {
 public:
  /// `context` must outlive this.
  Visibility(const Context& context, const std::string& class_name);

  /// Refuses conditions and orders on fields that are hidden from the caller: their answers would tell what they hold.
  /// Throws kOperationForbidden (119). Source: parse-server RestQuery denyProtectedFields.
  void check_query(const query::Where& where, const std::vector<query::OrderTerm>& order) const;
  /// Throws kOperationForbidden (119) when `field` is hidden.
  void check_field(std::string_view field) const;
  /// Whether the caller may not ask what is at `path`: protected fields and the authData of users.
  bool hides(std::string_view path) const;
  /// Whether a `$select` finds values at `path`: not where it is hidden, and not in internal columns.
  bool has_values(std::string_view path) const;

  /// Takes out of the fields to read what no object may show, and adds those that decide about single objects.
  void narrow(query::Find& find, const schema::ClassSchema* class_schema);
  /// Whether `redact` has something left to do.
  bool decides_by_object() const { return is_user_class_ || !deciding_fields_.empty() || hides_relations_; }
  /// Takes out of an object, read with the fields of `narrow`, what the caller may not see.
  void redact(object::Object& object) const;

 private:
  void check_conditions(const query::Where& where) const;
  bool hides_relation(const schema::ClassSchema& class_schema) const;
  void redact_user(object::Object& user) const;
  void show_auth_data(object::Object& user) const;
  bool is_self(const object::Object& user) const;

  const Context& context_;
  const std::string class_name_;
  const bool is_user_class_;
  schema::ProtectedFields fields_;
  /// Fields that decide about single objects, and those of them that the client did not ask for.
  std::vector<std::string> deciding_fields_;
  std::vector<std::string> borrowed_fields_;
  /// Relations are part of every object that is read, whatever its keys.
  bool hides_relations_ = false;
};

/// Hides `class_name`'s protected fields from what a write answers, when the options want that
/// (`protectedFieldsSaveResponseExempt` is false). Source: parse-server RestWrite filterProtectedFieldsInResponse.
void hide_in_response(const Context& context, const std::string& class_name, const std::string& id,
                      object::Object& response);

}  // namespace parse::rest
