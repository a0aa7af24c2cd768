#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "object/value.h"

namespace parse::object {

struct SetValue {
  Value value;
};
struct DeleteField {};
/// `amount` is an integer or a double.
struct Increment {
  Value amount;
};
/// Written only when the object is created.
struct SetOnInsert {
  Value value;
};
struct AddToArray {
  Array objects;
};
struct AddUnique {
  Array objects;
};
struct RemoveFromArray {
  Array objects;
};
/// Members to add to and to remove from a relation; both may be filled by an `__op: "Batch"`.
struct ChangeRelation {
  std::vector<Pointer> added;
  std::vector<Pointer> removed;
};

/// One `{"__op": …}`, or a plain value as SetValue.
using UpdateOp =
    std::variant<SetValue, DeleteField, Increment, SetOnInsert, AddToArray, AddUnique, RemoveFromArray, ChangeRelation>;

/// One change of an update: `path` is a field name, or a dotted path into an Object or Array field.
struct FieldUpdate {
  std::string path;
  UpdateOp op;
};
using Update = std::vector<FieldUpdate>;

/// Reads a field value of a POST or PUT body. Throws kInvalidJson (107) for a bad amount or objects list,
/// kCommandUnavailable (108) for an unknown operator. Source: REST guide, "Updating Objects"; parse-server
/// `flattenUpdateOperatorsForCreate`.
UpdateOp read_update_op(const Value& value);

/// What `op` leaves in a field that held nothing: the value on create, and the base case of apply. nullptr-like absence
/// is an empty optional (Delete, and relation changes, which live in join tables).
std::optional<Value> apply_to_absent(const UpdateOp& op);

/// `old` changed by `op`. Throws kIncorrectType (111) when `old` is no number or no array as the operator needs.
std::optional<Value> apply_update(const Value* old, const UpdateOp& op);

/// Sets `path` ("a.b.0") inside `root` by `op`; missing objects on the way are made. Array elements are addressed by
/// index. Throws kIncorrectType (111) when the way is blocked by a value that is neither object nor array, kInvalidJson
/// (107) when the result would be deeper than kMaxJsonDepth.
void apply_update_at(Object& root, std::string_view path, const UpdateOp& op);

/// Equality of array elements for AddUnique and Remove: pointers and included objects match by class and id.
bool same_element(const Value& left, const Value& right);

}  // namespace parse::object
