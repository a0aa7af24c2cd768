#include "rest/write_many.h"

#include <utility>

#include "base/error.h"
#include "logging/logger.h"
#include "rest/save_hooks.h"
#include "storage/unavailable.h"

namespace parse::rest {

bool can_create_together(const Context& context, std::string_view class_name) {
  return !class_name.starts_with('_') && !has_save_hooks(context, class_name);
}

PendingCreate begin_create(const Context& context, const std::string& class_name, object::Object body) {
  check_create(context, class_name, body);
  Draft draft{context, class_name, {}, true, std::move(body), {}, {}};
  NewObject made = draw_up(draft, nullptr);
  return {std::move(made), std::move(draft.changes)};
}

bool store_together(const Context& context, const std::string& class_name, std::vector<PendingCreate>& creates) {
  if (creates.empty()) return true;
  // Each may have added fields to the class, so the schema of the last one holds those of all.
  const auto schema = creates.back().object.schema;
  std::vector<object::Object> objects;
  objects.reserve(creates.size());
  for (PendingCreate& create : creates) objects.push_back(std::move(create.object.stored));
  bool stored = true;
  try {
    context.storage.create_many(*schema, class_name, objects);
  } catch (const storage::Unavailable&) {
    throw;
  } catch (const Error& error) {
    logging::debug("{} objects of {} are stored one by one: {} {}", objects.size(), class_name, error.message(),
                   error.cause());
    stored = false;
  }
  for (std::size_t i = 0; i < objects.size(); ++i) creates[i].object.stored = std::move(objects[i]);
  return stored;
}

void store_created(const Context& context, const std::string& class_name, const PendingCreate& create) {
  store_new(context, class_name, create.changes, create.object);
}

Written end_create(const Context& context, const std::string& class_name, PendingCreate create) {
  NewObject& made = create.object;
  follow_up(context, {class_name, made.id}, create.changes, made.response);
  return {std::move(made.response), std::move(made.id), true};
}

}  // namespace parse::rest
