#pragma once

#include <string>
#include <vector>

#include "object/value.h"

/// What is to be done to bring the classes of a server to those of a file.
namespace parse::schema {

enum class ChangeKind {
  kCreateClass,
  kDeleteClass,
  kAddField,
  kDeleteField,
  /// Another type: the field is deleted with its values and made anew.
  kRetypeField,
  /// The same type, but required or the default value differ.
  kChangeField,
  kAddIndex,
  kDropIndex,
  /// Dropped and made anew.
  kChangeIndex,
  kSetPermissions,
};

/// One difference. `name` is the field's or the index's; `before` and `after` are definitions in the form of the schema
/// API, null for what is not there.
struct Change {
  ChangeKind kind = ChangeKind::kCreateClass;
  std::string class_name;
  std::string name;
  object::Value before;
  object::Value after;
};

/// From `have` to `want`, both lists of own_definition; in the order of classes, and in each the fields before the
/// indexes before the permissions. Classes that are only in `have` are to be deleted unless `keep_others`; those of the
/// server itself never are. A wanted class without permissions leaves them as they are.
std::vector<Change> diff(const object::Array& have, const object::Array& want, bool keep_others = false);

/// True when values, or the protection by a unique index, can be lost.
bool is_destructive(const Change& change);
/// "+ Game.score Number", "- index Game.best", "~ permissions of Game: find * -> role:admin"
std::string to_text(const Change& change);
/// `{"change":"addField","class","name","before","after","destructive"}`
object::Object to_json(const Change& change);

}  // namespace parse::schema
