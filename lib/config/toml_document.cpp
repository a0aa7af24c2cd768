#include "config/toml_document.h"

#include <fmt/format.h>

#include "base/error.h"
#include "config/toml_node.h"
#include "object/json.h"
#include "object/value_sink.h"
#include "object/wire_types.h"

namespace parse::config {
namespace {

using object::Array;
using object::Object;
using object::Value;

constexpr std::string_view kJsonKey = "__json";

Value decoded(const Value& value) {
  if (const Array* list = value.get_if<Array>()) {
    Array items;
    for (const Value& item : *list) items.push_back(decoded(item));
    return items;
  }
  const Object* map = value.get_if<Object>();
  if (map == nullptr) return value;
  const Value* json = map->find(kJsonKey);
  if (json != nullptr && map->size() == 1) return object::parse_json(json->as<std::string>());
  std::vector<object::Member> members;
  for (const auto& [key, member] : *map) members.push_back({key, decoded(member)});
  if (auto typed = object::decode_wire_type(members)) return std::move(*typed);
  return Object(std::move(members));
}

bool is_bare(std::string_view key) {
  constexpr std::string_view kBare = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  return !key.empty() && key.find_first_not_of(kBare) == std::string_view::npos;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out.append(1, '\\').append(1, c);
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += fmt::format("\\u{:04X}", static_cast<unsigned char>(c));
    } else {
      out.push_back(c);
    }
  }
  return out + '"';
}

std::string key_text(std::string_view key) { return is_bare(key) ? std::string(key) : quoted(key); }

std::string float_text(double number) {
  std::string text = fmt::format("{}", number);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

bool has_null(const Value& value) {
  if (value.is_null()) return true;
  if (const Array* list = value.get_if<Array>()) {
    for (const Value& item : *list) {
      if (has_null(item)) return true;
    }
  }
  if (const Object* map = value.get_if<Object>()) {
    for (const auto& member : *map) {
      if (has_null(member.value)) return true;
    }
  }
  return false;
}

/// Writes values in one line.
class InlineToml final : public object::ValueSink {
 public:
  explicit InlineToml(std::string& out) : out_(out) {}

  void begin_object() override { open("{"); }
  void key(std::string_view name) override {
    out_ += is_first_ ? " " : ", ";
    out_ += key_text(name) + " = ";
    is_first_ = true;
  }
  void end_object() override { close(out_.back() == '{' ? "}" : " }"); }
  void begin_array() override { open("["); }
  void end_array() override { close("]"); }
  void null() override { write("{ __json = \"null\" }"); }
  void boolean(bool value) override { write(value ? "true" : "false"); }
  void integer(std::int64_t value) override { write(std::to_string(value)); }
  void number(double value) override { write(float_text(value)); }
  void string(std::string_view value) override { write(quoted(value)); }
  void date(object::Date value) override { typed("Date", {{"iso", to_iso_date(value.time)}}); }
  void timestamp(object::Date value) override { string(to_iso_date(value.time)); }
  void bytes(std::string_view base64) override { typed("Bytes", {{"base64", base64}}); }
  void file(std::string_view name, std::string_view url) override {
    Object members{{"name", name}};
    if (!url.empty()) members.append("url", url);
    typed("File", members);
  }
  void geo_point(object::GeoPoint value) override {
    typed("GeoPoint", {{"latitude", value.latitude}, {"longitude", value.longitude}});
  }
  void polygon(const object::Polygon& value) override {
    Array points;
    for (const object::GeoPoint& point : value.points) points.emplace_back(Array{point.latitude, point.longitude});
    typed("Polygon", {{"coordinates", std::move(points)}});
  }
  void pointer(std::string_view class_name, std::string_view object_id) override {
    typed("Pointer", {{"className", class_name}, {"objectId", object_id}});
  }
  void relation(std::string_view class_name) override { typed("Relation", {{"className", class_name}}); }
  void encoded_json(std::string_view json) override { object::emit(object::parse_json(json), *this); }

 private:
  void open(const char* bracket) {
    separate();
    out_ += bracket;
    is_first_ = true;
    depth_in_array_.push_back(*bracket == '[');
  }
  void close(const char* bracket) {
    out_ += bracket;
    depth_in_array_.pop_back();
    is_first_ = false;
  }
  void write(std::string_view text) {
    separate();
    out_ += text;
    is_first_ = false;
  }
  void separate() {
    if (!depth_in_array_.empty() && depth_in_array_.back() && !is_first_) out_ += ", ";
  }
  void typed(const char* type, const Object& members) {
    begin_object();
    key("__type");
    string(type);
    for (const auto& [name, value] : members) {
      key(name);
      object::emit(value, *this);
    }
    end_object();
  }

  std::string& out_;
  std::vector<bool> depth_in_array_;
  bool is_first_ = true;
};

std::string inline_text(const Value& value) {
  std::string text;
  if (has_null(value)) return fmt::format("{{ {} = {} }}", kJsonKey, quoted(object::to_json(value)));
  InlineToml writer(text);
  object::emit(value, writer);
  return text;
}

void write_table(const Object& table, const std::string& heading, int depth, std::string& out) {
  const auto is_nested = [&](const Value& value) { return depth > 0 && value.is<Object>(); };
  std::string lines;
  for (const auto& [key, value] : table) {
    if (!is_nested(value)) lines += fmt::format("{} = {}\n", key_text(key), inline_text(value));
  }
  // A table that holds tables only needs no heading of its own; an empty one would be lost without.
  const bool has_heading = !heading.empty() && (!lines.empty() || table.empty());
  if (has_heading) out += fmt::format("{}[{}]\n", out.empty() ? "" : "\n", heading);
  out += lines;
  for (const auto& [key, value] : table) {
    if (!is_nested(value)) continue;
    write_table(value.as<Object>(), (heading.empty() ? "" : heading + ".") + key_text(key), depth - 1, out);
  }
}

void write_json(const Value& value, int depth, const std::string& indent, std::string& out) {
  const Object* map = value.get_if<Object>();
  if (map == nullptr || map->empty() || depth == 0) {
    out += object::to_json(value);
    return;
  }
  out += '{';
  bool is_first = true;
  for (const auto& [key, member] : *map) {
    out += fmt::format("{}\n{}  {}: ", is_first ? "" : ",", indent, object::to_json(key));
    write_json(member, depth - 1, indent + "  ", out);
    is_first = false;
  }
  out += fmt::format("\n{}}}", indent);
}

}  // namespace

Object read_toml_document(std::string_view text, const std::string& path) {
  try {
    const toml::table table = toml::parse(text, path);
    return decoded(to_value(table)).as<Object>();
  } catch (const toml::parse_error& error) {
    throw Error(ErrorCode::kInvalidJson,
                fmt::format("{}, line {}: {}", path, error.source().begin.line, error.description()));
  }
}

std::string write_toml_document(const Object& document, int depth) {
  std::string out;
  write_table(document, "", depth, out);
  return out;
}

std::string write_json_document(const Object& document, int depth) {
  std::string out;
  write_json(document, depth, "", out);
  return out + '\n';
}

}  // namespace parse::config
