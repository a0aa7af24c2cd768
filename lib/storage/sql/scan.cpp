#include "storage/sql/scan.h"

#include <chrono>
#include <random>
#include <utility>

#include "query/path_values.h"
#include "query/pipeline_parser.h"

namespace parse::storage::sql {
namespace {

void add_distinct(const object::Value& value, object::Array& out) {
  for (const object::Value& have : out) {
    if (have == value) return;
  }
  out.push_back(value);
}

void add_all(const object::Value& value, object::Array& out) {
  const auto* list = value.get_if<object::Array>();
  if (list == nullptr) return add_distinct(value, out);
  for (const object::Value& element : *list) {
    if (!element.is_null()) add_distinct(element, out);
  }
}

Milliseconds now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count();
}

}  // namespace

object::Array distinct_values(const query::Find& find, const std::string& path, const ScanObjects& scan) {
  query::Find narrow;
  narrow.class_name = find.class_name;
  narrow.where = find.where;
  narrow.keys = std::vector<std::string>{path.substr(0, path.find('.'))};
  object::Array values;
  scan(narrow, [&](const object::Object& row) {
    for (const object::Value* value : query::values_at(row, path)) add_all(*value, values);
    return true;
  });
  return values;
}

object::Array aggregate_objects(const schema::Schema& schema, const std::string& class_name,
                                const query::Pipeline& pipeline, const ScanObjects& scan) {
  const Milliseconds time = now();
  query::SplitPipeline split = query::split_leading_match(
      pipeline, {.schema = schema, .class_name = class_name, .is_master = true, .now = time});
  query::Find find;
  find.class_name = class_name;
  find.where = std::move(split.where);
  query::PipelineRun run(
      split.rest,
      {.schema = schema, .class_name = class_name, .now = time, .seed = std::random_device()(), .read = scan});
  scan(find, [&](object::Object row) { return run.push(std::move(row)); });
  return run.finish();
}

}  // namespace parse::storage::sql
