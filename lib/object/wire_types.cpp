#include "object/wire_types.h"

#include <optional>
#include <utility>

namespace parse::object {
namespace {

const std::string* text_of(const Object& map, std::string_view key) {
  const Value* value = map.find(key);
  return value ? value->get_if<std::string>() : nullptr;
}

std::optional<double> number_of(const Object& map, std::string_view key) {
  const Value* value = map.find(key);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->number();
}

std::optional<Value> decode_date(const Object& map) {
  const std::string* iso = text_of(map, "iso");
  const auto time = iso ? parse_iso_date(*iso) : std::nullopt;
  if (!time) return std::nullopt;
  return Date{*time};
}

std::optional<Value> decode_geo_point(const Object& map) {
  const auto latitude = number_of(map, "latitude");
  const auto longitude = number_of(map, "longitude");
  if (!latitude || !longitude) return std::nullopt;
  return GeoPoint{*latitude, *longitude};
}

std::optional<Value> decode_polygon(const Object& map) {
  const Value* value = map.find("coordinates");
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

std::optional<Value> decode_pointer(const Object& map) {
  const std::string* class_name = text_of(map, "className");
  const std::string* object_id = text_of(map, "objectId");
  if (class_name == nullptr || object_id == nullptr) return std::nullopt;
  return Pointer{*class_name, *object_id};
}

std::optional<Value> decode_relation(const Object& map) {
  const std::string* class_name = text_of(map, "className");
  if (class_name == nullptr) return std::nullopt;
  return Relation{*class_name};
}

std::optional<Value> decode_file(const Object& map) {
  const std::string* name = text_of(map, "name");
  const std::string* url = text_of(map, "url");
  if (name == nullptr || (map.contains("url") && url == nullptr)) return std::nullopt;
  return File{*name, url ? *url : std::string()};
}

std::optional<Value> decode_bytes(const Object& map) {
  const std::string* base64 = text_of(map, "base64");
  if (base64 == nullptr) return std::nullopt;
  return Bytes{*base64};
}

std::optional<Value> decode(const Object& map, std::string_view type) {
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

Value decode_wire_type(Object map) {
  const std::string* type = text_of(map, "__type");
  if (type != nullptr) {
    if (auto typed = decode(map, *type)) return std::move(*typed);
  }
  return map;
}

}  // namespace parse::object
