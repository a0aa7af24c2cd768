#include "schema/schema_cache.h"

#include <utility>

namespace parse::schema {

template <typename Change>
void SchemaCache::change(const Change& apply) {
  std::shared_ptr<const Schema> before = snapshot();
  std::shared_ptr<const Schema> after;
  do {
    Schema copy = *before;  // shares the classes, so this is a list of pointers
    apply(copy);
    after = std::make_shared<const Schema>(std::move(copy));
  } while (!current_.compare_exchange_weak(before, after, std::memory_order_acq_rel, std::memory_order_acquire));
}

void SchemaCache::replace(Schema schema) {
  current_.store(std::make_shared<const Schema>(std::move(schema)), std::memory_order_release);
}

void SchemaCache::set(const ClassSchema& class_schema) {
  change([&](Schema& schema) { schema.set(class_schema); });
}

void SchemaCache::erase(std::string_view class_name) {
  change([&](Schema& schema) { schema.erase(class_name); });
}

}  // namespace parse::schema
