#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>

#include "schema/class_schema.h"

/// The schema that this process works with.
namespace parse::schema {

/// Holds the current Schema as an immutable snapshot. Any thread may take a snapshot at any time; a change swaps the
/// whole snapshot, so that a request sees one schema from beginning to end.
class SchemaCache {
 public:
  SchemaCache() : current_(std::make_shared<const Schema>()) {}
  explicit SchemaCache(Schema schema) : current_(std::make_shared<const Schema>(std::move(schema))) {}
  SchemaCache(const SchemaCache&) = delete;
  SchemaCache& operator=(const SchemaCache&) = delete;

  std::shared_ptr<const Schema> snapshot() const {
    const std::lock_guard lock(mutex_);
    return current_;
  }

  /// Replaces everything.
  void replace(Schema schema);
  /// Replaces or adds one class; the others stay as they are at that moment.
  void set(const ClassSchema& class_schema);
  void erase(std::string_view class_name);

 private:
  void change(const std::function<void(Schema&)>& apply);
  bool swap_if_still(const std::shared_ptr<const Schema>& before, std::shared_ptr<const Schema> after);

  // Guards the pointer, for as long as copying it takes. Not std::atomic<std::shared_ptr>: the one in g++ 12 lets go of
  // its inner lock with relaxed ordering, a data race that thread sanitizer reports.
  mutable std::mutex mutex_;
  std::shared_ptr<const Schema> current_;
};

}  // namespace parse::schema
