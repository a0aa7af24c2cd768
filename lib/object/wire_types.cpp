#include "object/wire_types.h"

#include <optional>
#include <utility>

namespace parse::object {
namespace {

using Members = std::span<const Member>;

const Value* find(Members map, std::string_view key) {
  for (auto member = map.rbegin(); member != map.rend(); ++member) {
    if (member->key == key) return &member->value;
  }
  return nullptr;
}

const std::string* text_of(Members map, std::string_view key) {
  const Value* value = find(map, key);
  return value ? value->get_if<std::string>() : nullptr;
}

std::optional<double> number_of(Members map, std::string_view key) {
  const Value* value = find(map, key);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->number();
}

std::optional<Value> decode_date(Members map) {
  const std::string* iso = text_of(map, "iso");
  const auto time = iso ? parse_iso_date(*iso) : std::nullopt;
  if (!time) return std::nullopt;
  return Date{*time};
}

std::optional<Value> decode_geo_point(Members map) {
  const auto latitude = number_of(map, "latitude");
  const auto longitude = number_of(map, "longitude");
  if (!latitude || !longitude) return std::nullopt;
  return GeoPoint{*latitude, *longitude};
}

std::optional<Value> decode_polygon(Members map) {
  const Value* value = find(map, "coordinates");
  const Array* coordinates = value ? value->get_if<Array>() : nullptr;
  if (coordinates == nullptr) return std::nullopt;
  Polygon polygon;
  for (const Value& element : *coordinates) {
    const Array* pair = element.get_if<Array>();
    if (pair == nullptr || pair->size() != 2 || !pair->front().is_number() || !pair->back().is_number())
      return std::nullopt;
    polygon.points.push_back({pair->front().number(), pair->back().number()});
  }
  return polygon;
}

std::optional<Value> decode_pointer(Members map) {
  const std::string* class_name = text_of(map, "className");
  const std::string* object_id = text_of(map, "objectId");
  if (class_name == nullptr || object_id == nullptr) return std::nullopt;
  return Pointer{*class_name, *object_id};
}

std::optional<Value> decode_relation(Members map) {
  const std::string* class_name = text_of(map, "className");
  if (class_name == nullptr) return std::nullopt;
  return Relation{*class_name};
}

std::optional<Value> decode_file(Members map) {
  const std::string* name = text_of(map, "name");
  const std::string* url = text_of(map, "url");
  if (name == nullptr || (find(map, "url") != nullptr && url == nullptr)) return std::nullopt;
  return File{*name, url ? *url : std::string()};
}

std::optional<Value> decode_bytes(Members map) {
  const std::string* base64 = text_of(map, "base64");
  if (base64 == nullptr) return std::nullopt;
  return Bytes{*base64};
}

std::optional<Value> decode(Members map, std::string_view type) {
  if (type == "Pointer") return decode_pointer(map);
  if (type == "Date") return decode_date(map);
  if (type == "GeoPoint") return decode_geo_point(map);
  if (type == "File") return decode_file(map);
  if (type == "Relation") return decode_relation(map);
  if (type == "Bytes") return decode_bytes(map);
  if (type == "Polygon") return decode_polygon(map);
  return std::nullopt;
}

}  // namespace

std::optional<Value> decode_wire_type(Members map) {
  const std::string* type = text_of(map, "__type");
  return type ? decode(map, *type) : std::nullopt;
}

}  // namespace parse::object
