#pragma once

#include "storage/forwarding_adapter.h"
#include "storage/query_stats.h"

namespace parse::storage {

/// A storage whose queries are recorded; those inside a transaction are not.
class RecordingAdapter final : public ForwardingAdapter {
 public:
  /// `stats` outlives it.
  RecordingAdapter(std::unique_ptr<Adapter> inner, QueryStats& stats)
      : ForwardingAdapter(std::move(inner)), stats_(stats) {}

  std::size_t find(const schema::Schema& schema, const query::Find& find, object::ValueSink& sink) override;
  std::int64_t count(const schema::Schema& schema, const std::string& class_name, const query::Where& where,
                     query::ReadPreference read_from) override;
  object::Array distinct(const schema::Schema& schema, const query::Find& find, const std::string& path) override;

 private:
  QueryStats& stats_;
};

}  // namespace parse::storage
