#include "transfer/source.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "query/where_parser.h"
#include "transfer/rest_target.h"

namespace parse::transfer {
namespace {

using object::Array;
using object::Object;
using object::Value;

Milliseconds system_now() {
  using std::chrono::system_clock;
  return std::chrono::duration_cast<std::chrono::milliseconds>(system_clock::now().time_since_epoch()).count();
}

constexpr std::int64_t kMembers = 1000;

using Member = std::pair<std::string, std::string>;

Member member_of(const Value& row) {
  const Object& map = row.as<Object>();
  return {map.at("owningId").as<std::string>(), map.at("relatedId").as<std::string>()};
}

Object member_after(const Member& last) { return after_member(last.first, last.second); }

/// What member_after leaves out.
Object member_up_to(const Member& last) {
  return Object{{"$or", Array{Object{{"owningId", Object{{"$lt", last.first}}}},
                              Object{{"owningId", last.first}, {"relatedId", Object{{"$lte", last.second}}}}}}};
}

}  // namespace

Object both(const Object& first, Object second) {
  if (first.empty()) return second;
  return Object{{"$and", Array{first, std::move(second)}}};
}

Object after_object(const Value& id) { return Object{{"objectId", Object{{"$gt", id}}}}; }

Object after_member(const std::string& owning_id, const std::string& related_id) {
  return Object{{"$or", Array{Object{{"owningId", Object{{"$gt", owning_id}}}},
                              Object{{"owningId", owning_id}, {"relatedId", Object{{"$gt", related_id}}}}}}};
}

StorageSource::StorageSource(storage::Adapter& storage) : storage_(storage), schema_(storage.load_schema()) {}

Array StorageSource::read(const PageRequest& request) {
  query::Find find;
  find.class_name = request.class_name;
  find.where = query::parse_where(request.where, {.schema = schema_,
                                                  .class_name = request.class_name,
                                                  .is_master = true,
                                                  .sanitize_errors = false,
                                                  .now = system_now()});
  for (const std::string& field : request.order) find.order.push_back({.path = field});
  if (!request.keys.empty()) find.keys = request.keys;
  find.limit = request.limit;
  object::ValueBuilder builder;
  builder.begin_array();
  storage_.find(schema_, find, builder);
  builder.end_array();
  Value rows = builder.take();
  return std::move(*rows.get_if<Array>());
}

void StorageSource::read_members(const std::string& join_class, const Object& where, const TakePage& take) {
  PageRequest request{.class_name = join_class, .where = where, .order = {"owningId", "relatedId"}, .limit = kMembers};
  for (;;) {
    const Array rows = read(request);
    if (rows.empty()) return;
    take(rows);
    request.where = both(where, member_after(member_of(rows.back())));
  }
}

std::int64_t StorageSource::count(const std::string& class_name) { return storage_.count(schema_, class_name, {}); }

RestSource::RestSource(client::RestClient& server) : server_(server), schema_(read_schema(server)) {}

Array RestSource::read(const PageRequest& request) {
  Object body{{"_method", "GET"},
              {"where", request.where},
              {"order", fmt::format("{}", fmt::join(request.order, ","))},
              {"limit", request.limit}};
  if (!request.keys.empty()) body.set("keys", fmt::format("{}", fmt::join(request.keys, ",")));
  Value answer = server_.post("/classes/" + client::segment(request.class_name), body);
  Value* rows = answer.get_if<Object>()->find("results");
  return rows && rows->is<Array>() ? std::move(*rows->get_if<Array>()) : Array();
}

std::int64_t RestSource::count(const std::string& class_name) {
  const Object body{{"_method", "GET"}, {"limit", 0}, {"count", 1}};
  const Value answer = server_.post("/classes/" + client::segment(class_name), body);
  return static_cast<std::int64_t>(answer.as<Object>().at("count").number());
}

/// Servers do not sort join tables, for no schema knows their columns. So what does not fit into one answer is asked
/// for in two halves.
void RestSource::read_members(const std::string& join_class, const Object& where, const TakePage& take) {
  const Object body{{"_method", "GET"}, {"where", where}, {"limit", kMembers}, {"count", 1}};
  Value answer = server_.post("/classes/" + client::segment(join_class), body);
  Array& rows = *answer.get_if<Object>()->find("results")->get_if<Array>();
  std::sort(rows.begin(), rows.end(), [](const Value& a, const Value& b) { return member_of(a) < member_of(b); });
  const bool is_all = answer.as<Object>().at("count").number() <= static_cast<double>(rows.size());
  if (rows.empty()) return;
  if (is_all) return take(rows);
  const Member middle = member_of(rows[(rows.size() - 1) / 2]);
  rows = Array();
  read_members(join_class, both(where, member_up_to(middle)), take);
  read_members(join_class, both(where, member_after(middle)), take);
}

}  // namespace parse::transfer
