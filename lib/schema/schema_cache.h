#pragma once

#include <atomic>
#include <memory>

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

  std::shared_ptr<const Schema> snapshot() const { return current_.load(std::memory_order_acquire); }

  /// Replaces everything.
  void replace(Schema schema);
  /// Replaces or adds one class; the others stay as they are at that moment.
  void set(const ClassSchema& class_schema);
  void erase(std::string_view class_name);

 private:
  template <typename Change>
  void change(const Change& apply);

  std::atomic<std::shared_ptr<const Schema>> current_;
};

}  // namespace parse::schema
