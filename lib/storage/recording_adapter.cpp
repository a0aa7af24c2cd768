#include "storage/recording_adapter.h"

#include "storage/examined_rows.h"

namespace parse::storage {
namespace {

using Clock = std::chrono::steady_clock;

/// Measures from here on what one query takes.
class Measured {
 public:
  Measured() { take_examined_rows(); }
  QueryStats::Cost cost(std::size_t rows) const { return {Clock::now() - start_, rows, take_examined_rows()}; }

 private:
  const Clock::time_point start_ = Clock::now();
};

}  // namespace

std::size_t RecordingAdapter::find(const schema::Schema& schema, const query::Find& find, object::ValueSink& sink) {
  const Measured measured;
  const std::size_t rows = ForwardingAdapter::find(schema, find, sink);
  stats_.record({"find", find.class_name, find.where, find.order}, measured.cost(rows));
  return rows;
}

std::int64_t RecordingAdapter::count(const schema::Schema& schema, const std::string& class_name,
                                     const query::Where& where, query::ReadPreference read_from) {
  const Measured measured;
  const std::int64_t counted = ForwardingAdapter::count(schema, class_name, where, read_from);
  static const std::vector<query::OrderTerm> no_order;
  stats_.record({"count", class_name, where, no_order}, measured.cost(1));
  return counted;
}

object::Array RecordingAdapter::distinct(const schema::Schema& schema, const query::Find& find,
                                         const std::string& path) {
  const Measured measured;
  object::Array values = ForwardingAdapter::distinct(schema, find, path);
  stats_.record({"distinct", find.class_name, find.where, find.order}, measured.cost(values.size()));
  return values;
}

}  // namespace parse::storage
