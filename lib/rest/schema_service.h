#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "object/value.h"
#include "schema/schema_cache.h"
#include "schema/schema_edit.h"
#include "storage/adapter.h"

namespace parse::rest {

/// What the options say about schemas.
struct SchemaServiceSettings {
  /// `allowCustomObjectId`: permissions may then name user ids of any text.
  bool custom_ids = false;
  /// Default indexes that the options `databaseOptions.createIndex…` switch off, by name.
  std::vector<std::string> unwanted_indexes = {};
  /// Login providers whose user ids must be unique.
  std::vector<std::string> auth_providers = {};
};

/// True for the errors by which storage says that another server made the class or field first.
bool is_schema_race(const Error& error);

/// The one way in which classes and fields come into being: keeps storage and the shared snapshot in step. Reading a
/// snapshot never waits. Changes are made one after the other, in storage first; another server on the same database is
/// noticed when a change meets its work, or by `reload`, which SchemaFollower calls. Any thread.
/// Errors of every change besides those named: kInternal (1) from storage.
class SchemaService {
 public:
  /// Loads the schema and makes the classes that must exist. Both arguments must outlive the service.
  SchemaService(storage::Adapter& storage, schema::SchemaCache& cache, SchemaServiceSettings settings);
  SchemaService(const SchemaService&) = delete;
  SchemaService& operator=(const SchemaService&) = delete;

  std::shared_ptr<const schema::Schema> snapshot() const { return cache_.snapshot(); }
  /// Reads everything again from storage.
  void reload();

  /// Makes the class with its default fields when it does not exist. Throws kInvalidClassName (103) for a name that no
  /// class may have. Returns a snapshot that holds the class.
  std::shared_ptr<const schema::Schema> ensure_class(const std::string& class_name);
  /// Adds the fields that schema::validate found missing, making the class too when it does not exist. A field that was
  /// added meanwhile is fine when it has the same type. Errors: kIncorrectType (111) "schema mismatch …" when it has
  /// another; kInvalidClassName (103). Returns a snapshot that holds the fields.
  std::shared_ptr<const schema::Schema> add_fields(const std::string& class_name,
                                                   const std::vector<schema::Field>& fields);
  /// The class behind `redirectClassNameForKey`: the target of the relation field `key`, or `class_name` itself.
  std::string redirect_class(const std::string& class_name, const std::string& key) const;

  /// POST /schemas. Errors: kInvalidClassName (103) when it exists, and those of schema::new_class.
  schema::ClassSchema create_class(const std::string& class_name, const object::Object& body);
  /// PUT /schemas. Errors: kInvalidClassName (103) when it does not exist, and those of schema::edited_class;
  /// kDuplicateValue (137) when a unique index meets equal values.
  schema::ClassSchema edit_class(const std::string& class_name, const object::Object& body);
  /// DELETE /schemas: only an empty class; one that does not exist is fine. Errors: kInvalidClassName (103) for a name
  /// no class may have; kInvalidSchemaOperation (255) when it holds objects.
  void delete_class(const std::string& class_name);
  /// Puts `after` in the place of `before`, which must be the current state: for declared schemas.
  void replace_class(const schema::ClassSchema& before, const schema::ClassSchema& after);
  schema::EditRules edit_rules() const { return {settings_.custom_ids}; }

 private:
  using Edit = std::function<schema::ClassSchema(const schema::ClassSchema*)>;

  void make_missing_classes();
  void index_auth_data();
  schema::ClassSchema without_unwanted(schema::ClassSchema made, const schema::ClassSchema* stored) const;
  schema::ClassSchema change_class(const std::string& class_name, const Edit& edit);
  schema::ClassSchema change(const std::string& class_name, const Edit& edit);
  void store(const schema::ClassSchema* before, const schema::ClassSchema& after);
  void load();

  storage::Adapter& storage_;
  schema::SchemaCache& cache_;
  const SchemaServiceSettings settings_;
  // Makes changes take turns: each one reads the snapshot, changes storage and then swaps the snapshot, and two at once
  // would lose one. Held while storage works, as nothing else can be done meanwhile; readers never take it.
  std::mutex changes_;
};

}  // namespace parse::rest
