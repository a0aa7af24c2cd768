#include "schema/field_type.h"

#include <fmt/format.h>

#include <array>
#include <utility>
#include <variant>

#include "base/error.h"
#include "base/overloaded.h"
#include "object/json.h"
#include "schema/names.h"

namespace parse::schema {
namespace {

using object::Value;

constexpr std::array<std::pair<std::string_view, FieldKind>, 13> kNames = {{
    {"String", FieldKind::kString},
    {"Number", FieldKind::kNumber},
    {"Boolean", FieldKind::kBoolean},
    {"Date", FieldKind::kDate},
    {"Object", FieldKind::kObject},
    {"Array", FieldKind::kArray},
    {"GeoPoint", FieldKind::kGeoPoint},
    {"File", FieldKind::kFile},
    {"Bytes", FieldKind::kBytes},
    {"Polygon", FieldKind::kPolygon},
    {"Pointer", FieldKind::kPointer},
    {"Relation", FieldKind::kRelation},
    {"ACL", FieldKind::kAcl},
}};

FieldType simple(FieldKind kind) { return FieldType{kind, {}}; }

[[noreturn]] void throw_invalid(std::string_view type) {
  throw Error(ErrorCode::kIncorrectType, fmt::format("This is not a valid {}", type));
}

// Typed values without their main part are well formed on the wire, but no field can hold them.
std::optional<FieldType> checked(FieldKind kind, const std::string& main_part) {
  if (main_part.empty()) throw_invalid(kind_name(kind));
  return simple(kind);
}

std::optional<FieldType> targeted(FieldKind kind, const std::string& class_name) {
  if (class_name.empty()) throw_invalid(kind_name(kind));
  return FieldType{kind, class_name};
}

// A `__type` that is still a map was refused by the reader: something is missing in it, or nobody knows the type.
FieldType type_of_map(const object::Object& map) {
  const Value* type = map.find("__type");
  if (type == nullptr || !type->truthy()) return simple(FieldKind::kObject);
  const std::string* name = type->get_if<std::string>();
  throw_invalid(name ? *name : object::to_json(*type));
}

// Members of one relation field all belong to its class.
std::optional<FieldType> type_of_relation(const object::ChangeRelation& change) {
  const auto& list = change.added.empty() ? change.removed : change.added;
  if (list.empty()) return std::nullopt;
  FieldType type{FieldKind::kRelation, list.front().class_name};
  for (const auto* pointers : {&change.added, &change.removed}) {
    for (const object::Pointer& pointer : *pointers) {
      if (pointer.class_name == type.target_class) continue;
      throw Error(ErrorCode::kIncorrectType, fmt::format("objects of a relation must be of one class; got {} and {}",
                                                         type.target_class, pointer.class_name));
    }
  }
  return type;
}

}  // namespace

std::string_view kind_name(FieldKind kind) { return kNames[static_cast<std::size_t>(kind)].first; }

std::optional<FieldKind> kind_from_name(std::string_view name) {
  for (const auto& [text, kind] : kNames) {
    if (text == name && kind != FieldKind::kAcl) return kind;
  }
  return std::nullopt;
}

std::string to_text(const FieldType& type) {
  if (type.target_class.empty()) return std::string(kind_name(type.kind));
  return fmt::format("{}<{}>", kind_name(type.kind), type.target_class);
}

std::optional<FieldType> type_from_text(std::string_view text) {
  const std::size_t bracket = text.find('<');
  const auto kind = kind_from_name(text.substr(0, bracket));
  if (!kind) return std::nullopt;
  const bool has_target = *kind == FieldKind::kPointer || *kind == FieldKind::kRelation;
  if (bracket == std::string_view::npos) return has_target ? std::nullopt : std::optional(simple(*kind));
  if (!has_target || !text.ends_with('>')) return std::nullopt;
  const std::string_view target = text.substr(bracket + 1, text.size() - bracket - 2);
  if (!is_valid_class_name(target)) return std::nullopt;
  return FieldType{*kind, std::string(target)};
}

std::optional<FieldType> type_of(const Value& value) {
  using Result = std::optional<FieldType>;
  return std::visit(overloaded{
                        [](std::nullptr_t) { return Result(); },
                        [](bool) { return Result(simple(FieldKind::kBoolean)); },
                        [](std::int64_t) { return Result(simple(FieldKind::kNumber)); },
                        [](double) { return Result(simple(FieldKind::kNumber)); },
                        [](const std::string&) { return Result(simple(FieldKind::kString)); },
                        [](const object::Date&) { return Result(simple(FieldKind::kDate)); },
                        [](const object::Bytes& b) { return checked(FieldKind::kBytes, b.base64); },
                        [](const Box<object::File>& f) { return checked(FieldKind::kFile, f->name); },
                        [](const object::GeoPoint&) { return Result(simple(FieldKind::kGeoPoint)); },
                        [](const object::Polygon&) { return Result(simple(FieldKind::kPolygon)); },
                        [](const Box<object::Pointer>& p) { return targeted(FieldKind::kPointer, p->class_name); },
                        [](const object::Relation& r) { return targeted(FieldKind::kRelation, r.class_name); },
                        [](const object::Array&) { return Result(simple(FieldKind::kArray)); },
                        [](const object::Object& map) { return Result(type_of_map(map)); },
                    },
                    value.variant());
}

std::optional<FieldType> type_of(const object::UpdateOp& op) {
  using Result = std::optional<FieldType>;
  return std::visit(overloaded{
                        [](const object::SetValue& set) { return type_of(set.value); },
                        [](const object::SetOnInsert& set) { return type_of(set.value); },
                        [](const object::DeleteField&) { return Result(); },
                        [](const object::Increment&) { return Result(simple(FieldKind::kNumber)); },
                        [](const object::AddToArray&) { return Result(simple(FieldKind::kArray)); },
                        [](const object::AddUnique&) { return Result(simple(FieldKind::kArray)); },
                        [](const object::RemoveFromArray&) { return Result(simple(FieldKind::kArray)); },
                        [](const object::ChangeRelation& change) { return type_of_relation(change); },
                    },
                    op);
}

}  // namespace parse::schema
