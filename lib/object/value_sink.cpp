#include "object/value_sink.h"

#include <utility>

#include "base/overloaded.h"
#include "object/json.h"

namespace parse::object {
namespace {

/// A row of a class is an object by itself or in one array, and seldom has more members than this: growing to it by
/// doubling costs more than the rest of building the row.
constexpr std::size_t kRowDepth = 1;
constexpr std::size_t kRowMembers = 8;

bool is_timestamp_key(std::string_view key) { return key == "createdAt" || key == "updatedAt"; }

void emit_members(const Object& object, bool is_parse_object, ValueSink& sink) {
  sink.begin_object();
  for (const Member& member : object) {
    sink.key(member.key);
    const Date* date = is_parse_object && is_timestamp_key(member.key) ? member.value.get_if<Date>() : nullptr;
    if (date != nullptr) {
      sink.timestamp(*date);
    } else {
      emit(member.value, sink);
    }
  }
  sink.end_object();
}

bool is_included_object(const Object& object) {
  const Value* type = object.find("__type");
  const std::string* name = type ? type->get_if<std::string>() : nullptr;
  return name != nullptr && *name == "Object";
}

}  // namespace

void emit(const Value& value, ValueSink& sink) {
  std::visit(overloaded{
                 [&](std::nullptr_t) { sink.null(); },
                 [&](bool v) { sink.boolean(v); },
                 [&](std::int64_t v) { sink.integer(v); },
                 [&](double v) { sink.number(v); },
                 [&](const std::string& v) { sink.string(v); },
                 [&](Date v) { sink.date(v); },
                 [&](const Bytes& v) { sink.bytes(v.base64); },
                 [&](const Box<File>& v) { sink.file(v->name, v->url); },
                 [&](GeoPoint v) { sink.geo_point(v); },
                 [&](const Polygon& v) { sink.polygon(v); },
                 [&](const Box<Pointer>& v) { sink.pointer(v->class_name, v->object_id); },
                 [&](const Relation& v) { sink.relation(v.class_name); },
                 [&](const Array& v) {
                   sink.begin_array();
                   for (const Value& element : v) emit(element, sink);
                   sink.end_array();
                 },
                 [&](const Object& v) { emit_members(v, is_included_object(v), sink); },
             },
             value.variant());
}

void emit_object(const Object& object, ValueSink& sink) { emit_members(object, true, sink); }

void ValueBuilder::begin_object() {
  Object object;
  if (levels_.size() <= kRowDepth) object.reserve(kRowMembers);
  levels_.push_back({std::move(object), {}});
}

void ValueBuilder::begin_array() { levels_.push_back({Array(), {}}); }
void ValueBuilder::key(std::string_view name) { levels_.back().key = name; }

void ValueBuilder::end_object() {
  Value complete = std::move(levels_.back().container);
  levels_.pop_back();
  add(std::move(complete));
}

void ValueBuilder::end_array() { end_object(); }
void ValueBuilder::null() { add(nullptr); }
void ValueBuilder::boolean(bool value) { add(value); }
void ValueBuilder::integer(std::int64_t value) { add(value); }
void ValueBuilder::number(double value) { add(value); }
void ValueBuilder::string(std::string_view value) { add(value); }
void ValueBuilder::date(Date value) { add(value); }
void ValueBuilder::timestamp(Date value) { add(value); }
void ValueBuilder::bytes(std::string_view base64) { add(Bytes{std::string(base64)}); }
void ValueBuilder::file(std::string_view name, std::string_view url) { add(File{std::string(name), std::string(url)}); }
void ValueBuilder::geo_point(GeoPoint value) { add(value); }
void ValueBuilder::polygon(const Polygon& value) { add(value); }
void ValueBuilder::pointer(std::string_view class_name, std::string_view object_id) {
  add(Pointer{std::string(class_name), std::string(object_id)});
}
void ValueBuilder::relation(std::string_view class_name) { add(Relation{std::string(class_name)}); }
void ValueBuilder::encoded_json(std::string_view json) { add(parse_json(json)); }

Value ValueBuilder::take() { return std::exchange(result_, Value()); }

void ValueBuilder::add(Value value) {
  if (levels_.empty()) {
    result_ = std::move(value);
  } else if (auto* object = levels_.back().container.get_if<Object>()) {
    object->append(std::move(levels_.back().key), std::move(value));
  } else {
    levels_.back().container.get_if<Array>()->push_back(std::move(value));
  }
}

}  // namespace parse::object
