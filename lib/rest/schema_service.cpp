#include "rest/schema_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/worker_pool.h"
#include "logging/logger.h"
#include "schema/default_classes.h"
#include "schema/names.h"
#include "schema/validate.h"

namespace parse::rest {
namespace {

using schema::ClassSchema;
using schema::Field;

// How often a change is worked out anew because another server changed the same class.
constexpr int kAttempts = 3;

bool has_fields(const ClassSchema& class_schema, const std::vector<Field>& fields) {
  bool complete = true;
  for (const Field& field : fields) {
    const Field* existing = class_schema.find_field(field.name);
    if (existing == nullptr) {
      complete = false;
    } else if (existing->type != field.type) {
      schema::throw_mismatch(class_schema.name, field.name, existing->type, field.type);
    }
  }
  return complete;
}

ClassSchema with_fields(ClassSchema class_schema, const std::vector<Field>& fields) {
  has_fields(class_schema, fields);
  for (const Field& field : fields) {
    if (class_schema.find_field(field.name) == nullptr) class_schema.fields.push_back(field);
  }
  return class_schema;
}

void check_class_name(const std::string& class_name) {
  if (schema::is_valid_class_name(class_name) || schema::is_volatile_class(class_name)) return;
  throw Error(ErrorCode::kInvalidClassName, schema::invalid_class_name_message(class_name));
}

[[noreturn]] void throw_exists(const std::string& class_name) {
  throw Error(ErrorCode::kInvalidClassName, fmt::format("Class {} already exists.", class_name));
}

std::unique_lock<std::mutex> lock_waiting(std::mutex& mutex) {
  std::unique_lock lock(mutex, std::try_to_lock);
  if (lock) return lock;
  const BlockingSection waiting;
  lock.lock();
  return lock;
}

}  // namespace

bool is_schema_race(const Error& error) {
  return error.code() == ErrorCode::kInvalidClassName || error.code() == ErrorCode::kInvalidSchemaOperation;
}

SchemaService::SchemaService(storage::Adapter& storage, schema::SchemaCache& cache, SchemaServiceSettings settings)
    : storage_(storage), cache_(cache), settings_(settings) {
  const std::unique_lock lock = lock_waiting(changes_);
  load();
  make_missing_classes();
}

void SchemaService::reload() {
  const std::unique_lock lock = lock_waiting(changes_);
  load();
}

std::shared_ptr<const schema::Schema> SchemaService::ensure_class(const std::string& class_name) {
  return add_fields(class_name, {});
}

std::shared_ptr<const schema::Schema> SchemaService::add_fields(const std::string& class_name,
                                                                const std::vector<Field>& fields) {
  auto current = snapshot();
  const ClassSchema* existing = current->find(class_name);
  if (existing != nullptr && has_fields(*existing, fields)) return current;
  check_class_name(class_name);
  change_class(class_name, [&](const ClassSchema* before) {
    return with_fields(before ? *before : schema::default_class(class_name), fields);
  });
  return snapshot();
}

std::string SchemaService::redirect_class(const std::string& class_name, const std::string& key) const {
  const auto current = snapshot();
  const ClassSchema* found = current->find(class_name);
  const Field* field = found ? found->find_field(key) : nullptr;
  return field != nullptr && field->type.kind == schema::FieldKind::kRelation ? field->type.target_class : class_name;
}

ClassSchema SchemaService::create_class(const std::string& class_name, const object::Object& body) {
  return change_class(class_name, [&](const ClassSchema* before) {
    if (before != nullptr) throw_exists(class_name);
    return schema::new_class(class_name, body, edit_rules());
  });
}

ClassSchema SchemaService::edit_class(const std::string& class_name, const object::Object& body) {
  return change_class(class_name, [&](const ClassSchema* before) {
    if (before == nullptr || schema::is_volatile_class(class_name))
      throw Error(ErrorCode::kInvalidClassName, fmt::format("Class {} does not exist.", class_name));
    return schema::edited_class(*before, body, edit_rules());
  });
}

void SchemaService::delete_class(const std::string& class_name) {
  if (!schema::is_valid_class_name(class_name))
    throw Error(ErrorCode::kInvalidClassName, schema::invalid_class_name_message(class_name));
  const std::unique_lock lock = lock_waiting(changes_);
  load();
  const auto current = snapshot();
  const ClassSchema* found = current->find(class_name);
  if (found == nullptr) return;
  const std::int64_t count = storage_.count(*current, class_name, {});
  if (count > 0)
    throw Error(ErrorCode::kInvalidSchemaOperation,
                fmt::format("Class {} is not empty, contains {} objects, cannot drop schema.", class_name, count));
  if (schema::is_volatile_class(class_name)) return;  // it would come back at once
  storage_.delete_class(*found);
  cache_.erase(class_name);
}

void SchemaService::replace_class(const ClassSchema& before, const ClassSchema& after) {
  const std::unique_lock lock = lock_waiting(changes_);
  try {
    store(&before, after);
  } catch (const Error& error) {
    if (!is_schema_race(error)) throw;
    // Servers that start at the same moment declare the same classes.
    load();
    const auto current = snapshot();
    const ClassSchema* found = current->find(after.name);
    if (found == nullptr || *found != after) throw;
  }
}

ClassSchema SchemaService::change_class(const std::string& class_name, const Edit& edit) {
  const std::unique_lock lock = lock_waiting(changes_);
  return change(class_name, edit);
}

// needs changes_
ClassSchema SchemaService::change(const std::string& class_name, const Edit& edit) {
  for (int attempt = 1;; ++attempt) {
    const auto current = snapshot();
    const ClassSchema* before = current->find(class_name);
    ClassSchema after = edit(before);
    try {
      store(before, after);
      return after;
    } catch (const Error& error) {
      if (!is_schema_race(error) || attempt == kAttempts) throw;
    }
    load();
  }
}

// needs changes_
void SchemaService::store(const ClassSchema* before, const ClassSchema& after) {
  if (before == nullptr) {
    storage_.create_class(after);
  } else if (*before != after) {
    storage_.update_class(*before, after);
  }
  cache_.set(after);
}

// needs changes_
void SchemaService::load() { cache_.replace(storage_.load_schema()); }

// needs changes_
void SchemaService::make_missing_classes() {
  // Another server may start on the same database at the same moment.
  const auto complete = [&](std::string_view name) {
    change(std::string(name), [&](const ClassSchema* before) {
      return without_unwanted(before ? schema::with_defaults(*before) : schema::default_class(name), before);
    });
  };
  for (const std::string_view name : schema::classes_made_at_start()) complete(name);
  const auto current = snapshot();
  for (const auto& [name, class_schema] : current->classes()) {
    if (snapshot()->find(name) != nullptr) complete(name);
  }
  index_auth_data();
}

/// An index that is there stays: switching it off only keeps it from being made.
ClassSchema SchemaService::without_unwanted(ClassSchema made, const ClassSchema* stored) const {
  std::erase_if(made.indexes, [&](const schema::Index& index) {
    const auto& names = settings_.unwanted_indexes;
    const bool unwanted = std::find(names.begin(), names.end(), index.name) != names.end();
    return unwanted && (stored == nullptr || stored->find_index(index.name) == nullptr);
  });
  return made;
}

/// Users that already share an account keep the server from making the index, not from starting, as in the reference.
// needs changes_
void SchemaService::index_auth_data() {
  for (const std::string& provider : settings_.auth_providers) {
    const schema::Index index = schema::auth_data_index(provider);
    try {
      change("_User", [&](const ClassSchema* before) {
        ClassSchema after = before ? *before : schema::default_class("_User");
        if (after.find_index(index.name) == nullptr) after.indexes.push_back(index);
        return after;
      });
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kDuplicateValue) throw;
      logging::warn("Two users share an account of {}: their uniqueness is not enforced.", provider);
    }
  }
}

}  // namespace parse::rest
