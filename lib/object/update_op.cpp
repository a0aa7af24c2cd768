#include "object/update_op.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/error.h"
#include "base/overloaded.h"
#include "object/json.h"
#include "object/pointer_identity.h"

namespace parse::object {
namespace {

/// Room for what surrounds a field's value: the object, a list of results, a request in a batch.
constexpr std::size_t kDepthMargin = 12;

Array read_objects(const Object& map) {
  const Value* objects = map.find("objects");
  const Array* list = objects ? objects->get_if<Array>() : nullptr;
  if (list == nullptr) throw Error(ErrorCode::kInvalidJson, "objects to add must be an array");
  return *list;
}

std::vector<Pointer> read_pointers(const Object& map) {
  std::vector<Pointer> pointers;
  for (const Value& element : read_objects(map)) {
    const Pointer* pointer = element.get_if<Pointer>();
    if (pointer == nullptr) throw Error(ErrorCode::kInvalidJson, "objects of a relation must be pointers");
    pointers.push_back(*pointer);
  }
  return pointers;
}

UpdateOp read_batch(const Object& map) {
  const Value* ops = map.find("ops");
  const Array* list = ops ? ops->get_if<Array>() : nullptr;
  if (list == nullptr) throw Error(ErrorCode::kInvalidJson, "ops of a Batch must be an array");
  ChangeRelation change;
  for (const Value& element : *list) {
    UpdateOp op = read_update_op(element);
    auto* part = std::get_if<ChangeRelation>(&op);
    if (part == nullptr) throw Error(ErrorCode::kCommandUnavailable, "A Batch may only hold relation operations.");
    std::move(part->added.begin(), part->added.end(), std::back_inserter(change.added));
    std::move(part->removed.begin(), part->removed.end(), std::back_inserter(change.removed));
  }
  return change;
}

Value read_amount(const Object& map) {
  const Value* amount = map.find("amount");
  if (amount == nullptr || !amount->is_number())
    throw Error(ErrorCode::kInvalidJson, "incrementing must provide a number");
  return *amount;
}

Value read_insert_value(const Object& map) {
  const Value* amount = map.find("amount");
  return amount ? *amount : Value();
}

Value sum(const Value& left, const Value& right) {
  const auto* a = left.get_if<std::int64_t>();
  const auto* b = right.get_if<std::int64_t>();
  std::int64_t total = 0;
  if (a && b && !__builtin_add_overflow(*a, *b, &total)) return total;
  return left.number() + right.number();
}

const Array& array_of(const Value& old) {
  const Array* list = old.get_if<Array>();
  if (list == nullptr) throw Error(ErrorCode::kIncorrectType, "the field is not an array");
  return *list;
}

bool contains_element(const Array& list, const Value& element) {
  return std::any_of(list.begin(), list.end(), [&](const Value& have) { return same_element(have, element); });
}

Array with_added(Array list, const Array& objects) {
  list.insert(list.end(), objects.begin(), objects.end());
  return list;
}

Array with_unique(Array list, const Array& objects) {
  for (const Value& object : objects) {
    if (!contains_element(list, object)) list.push_back(object);
  }
  return list;
}

Array without(Array list, const Array& objects) {
  std::erase_if(list, [&](const Value& have) { return contains_element(objects, have); });
  return list;
}

std::optional<std::size_t> array_index(std::string_view text) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return index;
}

/// The element `name` of an object or array, made when missing from an object.
Value& step_into(Value& container, std::string_view name) {
  if (container.is_null()) container = Object();
  if (auto* object = container.get_if<Object>()) {
    Value* found = object->find(name);
    return found ? *found : object->append(std::string(name), Value());
  }
  auto* list = container.get_if<Array>();
  const auto index = list ? array_index(name) : std::nullopt;
  if (!index || *index > list->size()) throw Error(ErrorCode::kIncorrectType, "cannot set a nested value here");
  if (*index == list->size()) list->emplace_back();
  return (*list)[*index];
}

std::size_t depth_of(const Value& value) {
  std::size_t deepest = 0;
  if (const Array* list = value.get_if<Array>()) {
    for (const Value& element : *list) deepest = std::max(deepest, depth_of(element));
  } else if (const Object* map = value.get_if<Object>()) {
    for (const auto& member : *map) deepest = std::max(deepest, depth_of(member.value));
  } else {
    return 0;
  }
  return deepest + 1;
}

/// What is stored must stay readable: a path and what it sets may together be no deeper than JSON may be.
void check_depth(std::string_view path, const UpdateOp& op) {
  const auto dots = static_cast<std::size_t>(std::count(path.begin(), path.end(), '.'));
  const std::optional<Value> value = apply_to_absent(op);
  if (dots + (value ? depth_of(*value) : 0) + kDepthMargin > kMaxJsonDepth)
    throw Error(ErrorCode::kInvalidJson, "the update makes the object too deep");
}

void apply_to_child(Value& container, std::string_view name, const UpdateOp& op) {
  if (std::holds_alternative<DeleteField>(op)) {
    if (auto* object = container.get_if<Object>()) object->erase(name);
    return;
  }
  Value& child = step_into(container, name);
  if (auto changed = apply_update(child.is_null() ? nullptr : &child, op)) child = std::move(*changed);
}

}  // namespace

UpdateOp read_update_op(const Value& value) {
  const Object* map = value.get_if<Object>();
  const Value* op = map ? map->find("__op") : nullptr;
  if (op == nullptr) return SetValue{value};
  const std::string* name = op->get_if<std::string>();
  if (name == nullptr) throw Error(ErrorCode::kCommandUnavailable, "The operator is not supported yet.");
  if (*name == "Delete") return DeleteField{};
  if (*name == "Increment") return Increment{read_amount(*map)};
  if (*name == "SetOnInsert") return SetOnInsert{read_insert_value(*map)};
  if (*name == "Add") return AddToArray{read_objects(*map)};
  if (*name == "AddUnique") return AddUnique{read_objects(*map)};
  if (*name == "Remove") return RemoveFromArray{read_objects(*map)};
  if (*name == "AddRelation") return ChangeRelation{read_pointers(*map), {}};
  if (*name == "RemoveRelation") return ChangeRelation{{}, read_pointers(*map)};
  if (*name == "Batch") return read_batch(*map);
  throw Error(ErrorCode::kCommandUnavailable, fmt::format("The {} operator is not supported yet.", *name));
}

std::optional<Value> apply_to_absent(const UpdateOp& op) {
  using Result = std::optional<Value>;
  return std::visit(overloaded{
                        [](const SetValue& o) { return Result(o.value); },
                        [](const DeleteField&) { return Result(); },
                        [](const Increment& o) { return Result(o.amount); },
                        [](const SetOnInsert& o) { return Result(o.value); },
                        [](const AddToArray& o) { return Result(o.objects); },
                        [](const AddUnique& o) { return Result(with_unique({}, o.objects)); },
                        [](const RemoveFromArray&) { return Result(Array()); },
                        [](const ChangeRelation&) { return Result(); },
                    },
                    op);
}

std::optional<Value> apply_update(const Value* old, const UpdateOp& op) {
  if (old == nullptr) return apply_to_absent(op);
  using Result = std::optional<Value>;
  return std::visit(overloaded{
                        [](const SetValue& o) { return Result(o.value); },
                        [](const DeleteField&) { return Result(); },
                        [&](const Increment& o) { return Result(sum(*old, o.amount)); },
                        [&](const SetOnInsert&) { return Result(*old); },
                        [&](const AddToArray& o) { return Result(with_added(array_of(*old), o.objects)); },
                        [&](const AddUnique& o) { return Result(with_unique(array_of(*old), o.objects)); },
                        [&](const RemoveFromArray& o) { return Result(without(array_of(*old), o.objects)); },
                        [](const ChangeRelation&) { return Result(); },
                    },
                    op);
}

void apply_update_at(Object& root, std::string_view path, const UpdateOp& op) {
  const std::size_t first_dot = path.find('.');
  const std::string_view field = path.substr(0, first_dot);
  if (first_dot == std::string_view::npos) {
    auto changed = apply_update(root.find(field), op);
    if (changed) {
      root.set(field, std::move(*changed));
    } else {
      root.erase(field);
    }
    return;
  }
  check_depth(path, op);
  Value* current = root.find(field);
  if (current == nullptr) current = &root.append(std::string(field), Object());
  std::string_view rest = path.substr(first_dot + 1);
  for (std::size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
    current = &step_into(*current, rest.substr(0, dot));
    rest.remove_prefix(dot + 1);
  }
  apply_to_child(*current, rest, op);
}

bool same_element(const Value& left, const Value& right) {
  const auto left_identity = pointer_identity(left);
  const auto right_identity = left_identity ? pointer_identity(right) : std::nullopt;
  if (left_identity && right_identity) return *left_identity == *right_identity;
  return left == right;
}

}  // namespace parse::object
