#include "storage/recording_adapter.h"

namespace parse::storage {
namespace {

using Clock = std::chrono::steady_clock;

}  // namespace

std::size_t RecordingAdapter::find(const schema::Schema& schema, const query::Find& find, object::ValueSink& sink) {
  const auto start = Clock::now();
  const std::size_t rows = ForwardingAdapter::find(schema, find, sink);
  stats_.record({"find", find.class_name, find.where, find.order}, Clock::now() - start, rows);
  return rows;
}

std::int64_t RecordingAdapter::count(const schema::Schema& schema, const std::string& class_name,
                                     const query::Where& where, query::ReadPreference read_from) {
  const auto start = Clock::now();
  const std::int64_t counted = ForwardingAdapter::count(schema, class_name, where, read_from);
  static const std::vector<query::OrderTerm> no_order;
  stats_.record({"count", class_name, where, no_order}, Clock::now() - start, 1);
  return counted;
}

object::Array RecordingAdapter::distinct(const schema::Schema& schema, const query::Find& find,
                                         const std::string& path) {
  const auto start = Clock::now();
  object::Array values = ForwardingAdapter::distinct(schema, find, path);
  stats_.record({"distinct", find.class_name, find.where, find.order}, Clock::now() - start, values.size());
  return values;
}

}  // namespace parse::storage
