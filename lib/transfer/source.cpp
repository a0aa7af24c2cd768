#include "transfer/source.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

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

}  // namespace

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

}  // namespace parse::transfer
