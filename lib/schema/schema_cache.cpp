#include "schema/schema_cache.h"

namespace parse::schema {

void SchemaCache::change(const std::function<void(Schema&)>& apply) {
  std::shared_ptr<const Schema> before;
  std::shared_ptr<const Schema> after;
  do {
    before = snapshot();
    Schema copy = *before;  // shares the classes, so this is a list of pointers
    apply(copy);
    after = std::make_shared<const Schema>(std::move(copy));
  } while (!swap_if_still(before, std::move(after)));
}

bool SchemaCache::swap_if_still(const std::shared_ptr<const Schema>& before, std::shared_ptr<const Schema> after) {
  const std::lock_guard lock(mutex_);
  if (current_ != before) return false;
  current_ = std::move(after);
  return true;
}

void SchemaCache::replace(Schema schema) {
  auto after = std::make_shared<const Schema>(std::move(schema));
  const std::lock_guard lock(mutex_);
  current_.swap(after);  // the old one dies after the lock is gone
}

void SchemaCache::set(const ClassSchema& class_schema) {
  change([&](Schema& schema) { schema.set(class_schema); });
}

void SchemaCache::erase(std::string_view class_name) {
  change([&](Schema& schema) { schema.erase(class_name); });
}

}  // namespace parse::schema
