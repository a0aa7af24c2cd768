#include "transfer/pages.h"

#include <algorithm>
#include <utility>

#include "object/json.h"
#include "schema/names.h"
#include "transfer/format.h"
#include "transfer/prepare.h"
#include "transfer/stop.h"

namespace parse::transfer {
namespace {

using object::Array;
using object::Object;
using object::Value;

/// A page that is longer makes the next ones shorter.
constexpr std::size_t kMostPageBytes = 4 * 1024 * 1024;

/// About what a value takes in memory.
std::size_t size_of(const Value& value) {
  std::size_t size = sizeof(Value);
  if (const auto* text = value.get_if<std::string>()) size += text->size();
  if (const auto* bytes = value.get_if<object::Bytes>()) size += bytes->base64.size();
  if (const auto* polygon = value.get_if<object::Polygon>()) size += polygon->points.size() * sizeof(object::GeoPoint);
  if (const auto* list = value.get_if<Array>()) {
    for (const Value& item : *list) size += size_of(item);
  }
  if (const auto* map = value.get_if<Object>()) {
    for (const object::Member& member : *map) size += sizeof(std::string) + member.key.size() + size_of(member.value);
  }
  return size;
}

std::size_t size_of(const Array& rows) {
  std::size_t size = 0;
  for (const Value& row : rows) size += size_of(row);
  return size;
}

/// The Node server keeps hooks without ids, and tells of none of them when they are to come in the order of ids. There
/// are few of them.
constexpr std::string_view kHooks = "_Hooks";
constexpr std::int64_t kMostHooks = 10000;

bool lacks(const Object& row, std::string_view key) {
  const Value* value = row.find(key);
  return value == nullptr || value->is_null();
}

/// What the Node server keeps for itself may have neither id nor times. It gets the same ones whenever it is read.
void complete(const std::string& class_name, Object& row) {
  if (lacks(row, "objectId")) {
    row.erase("objectId");
    Row text;
    text.text = object::to_json(row);
    row.set("objectId", id_of_row(class_name, text));
  }
  for (const char* time : {"createdAt", "updatedAt"}) {
    if (lacks(row, time)) row.set(time, object::Date{0});
  }
}

void complete(const std::string& class_name, Array& rows) {
  if (!schema::is_volatile_class(class_name)) return;
  for (Value& row : rows) complete(class_name, *row.get_if<Object>());
}

/// All hooks, in the order of their keys.
Array read_hooks(Source& source, const PagesRequest& request) {
  Array rows = source.read({.class_name = request.class_name, .limit = kMostHooks});
  complete(request.class_name, rows);
  const auto key = [&](const Value& row) { return key_of(request.class_name, row.as<Object>()); };
  std::sort(rows.begin(), rows.end(), [&](const Value& a, const Value& b) { return key(a) < key(b); });
  std::erase_if(rows, [&](const Value& row) { return key(row) <= request.after; });
  return rows;
}

const std::string& text_of(const Object& row, std::string_view key) { return row.at(key).as<std::string>(); }

}  // namespace

void for_each_page(Source& source, const PagesRequest& request, const std::atomic<bool>& is_stopped,
                   const TakeRows& take) {
  const auto hand_out = [&](Array rows) {
    if (is_stopped) throw Interrupted();
    take(std::move(rows));
  };
  if (read_join_name(request.class_name)) {
    const std::size_t end = request.after.find('\n');
    const Object where =
        end == std::string::npos ? Object() : after_member(request.after.substr(0, end), request.after.substr(end + 1));
    return source.read_members(request.class_name, where, hand_out);
  }
  if (request.class_name == kHooks) {
    Array rows = read_hooks(source, request);
    if (!rows.empty()) hand_out(std::move(rows));
    return;
  }
  PageRequest page{.class_name = request.class_name, .order = {"objectId"}, .limit = request.limit};
  if (!request.after.empty()) page.where = after_object(request.after);
  for (;;) {
    if (is_stopped) throw Interrupted();
    Array rows = source.read(page);
    // A server may give fewer than asked for, so only an empty page is the last one.
    if (rows.empty()) return;
    complete(request.class_name, rows);
    page.where = after_object(rows.back().as<Object>().at("objectId"));
    if (size_of(rows) > kMostPageBytes) page.limit = std::max<std::int64_t>(1, page.limit / 2);
    hand_out(std::move(rows));
  }
}

std::string key_of(const std::string& class_name, const Object& row) {
  if (read_join_name(class_name)) return text_of(row, "owningId") + '\n' + text_of(row, "relatedId");
  return text_of(row, "objectId");
}

std::string shown_key(const std::string& key) {
  const std::size_t end = key.find('\n');
  return end == std::string::npos ? key : key.substr(0, end) + " -> " + key.substr(end + 1);
}

}  // namespace parse::transfer
