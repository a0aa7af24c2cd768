#include "transfer/schema_copy.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "schema/default_classes.h"
#include "schema/names.h"
#include "schema/schema_document.h"
#include "schema/schema_edit.h"
#include "schema/schema_json.h"
#include "schema/schema_plan.h"

namespace parse::transfer {
namespace {

using object::Array;
using object::Object;
using object::Value;
using schema::Change;
using schema::ChangeKind;
using schema::ClassSchema;

Object definition_of(const ClassSchema& class_schema) {
  Object definition = schema::own_definition(schema::describe(class_schema));
  // That nothing was ever set is no wish to open what is closed elsewhere.
  if (!class_schema.permissions) definition.erase("classLevelPermissions");
  return definition;
}

bool is_unique(const Change& index) { return schema::read_index(index.name, index.after).unique; }

/// A field without what is asked of new objects only: rows that were stored before it was asked go in.
Change without_rules(Change field) {
  Object& definition = *field.after.get_if<Object>();
  definition.erase("required");
  definition.erase("defaultValue");
  return field;
}

/// A database takes classes as they are, with what no client sees.
class StorageEnd final : public SchemaEnd {
 public:
  explicit StorageEnd(storage::Adapter& storage) : storage_(storage) {}

  schema::Schema read() override { return storage_.load_schema(); }

  void make(const std::vector<ClassSchema>& wanted, Phase phase) override {
    const schema::Schema have = read();
    for (const ClassSchema& class_schema : wanted) {
      const ClassSchema* before = have.find(class_schema.name);
      const ClassSchema after = merged(before, class_schema, phase);
      if (before == nullptr)
        storage_.create_class(after);
      else if (after != *before)
        storage_.update_class(*before, after);
    }
  }

 private:
  static ClassSchema merged(const ClassSchema* before, const ClassSchema& asked, Phase phase) {
    // The Node server keeps some of its own classes without ids and times.
    const ClassSchema wanted = schema::with_defaults(asked);
    ClassSchema after;
    if (before != nullptr) after = *before;
    after.name = wanted.name;
    for (const schema::Field& field : wanted.fields) {
      const auto found = std::find_if(after.fields.begin(), after.fields.end(),
                                      [&](const schema::Field& known) { return known.name == field.name; });
      if (found == after.fields.end()) {
        // How an old database keeps a list is its own business.
        after.fields.push_back(field);
        after.fields.back().is_text_list = false;
      } else {
        found->required = field.required;
        found->default_value = field.default_value;
      }
    }
    for (const schema::Index& index : wanted.indexes) {
      const bool is_due = index.unique || phase == Phase::kAfterData;
      if (is_due && after.find_index(index.name) == nullptr) after.indexes.push_back(index);
    }
    if (wanted.permissions) after.permissions = wanted.permissions;
    return after;
  }

  storage::Adapter& storage_;
};

/// A server is asked through its schema API.
class RestEnd final : public SchemaEnd {
 public:
  explicit RestEnd(client::RestClient& server) : server_(server) {}

  schema::Schema read() override {
    schema::Schema schema;
    const Value answer = server_.get("/schemas");
    for (const Value& json : answer.as<Object>().at("results").as<Array>()) {
      const Object definition = schema::own_definition(json.as<Object>());
      schema.set(schema::new_class(definition.at("className").as<std::string>(), definition, {.custom_ids = true}));
    }
    return schema;
  }

  void make(const std::vector<ClassSchema>& wanted, Phase phase) override {
    const schema::Schema have = read();
    std::set<std::string> names;
    for (const auto& [name, class_schema] : have.classes()) names.insert(name);
    std::vector<Change> changes;
    for (Change& change : missing_in(have, wanted)) {
      if (phase == Phase::kBeforeData && change.kind == ChangeKind::kAddField) change = without_rules(change);
      const bool is_late =
          change.kind == ChangeKind::kChangeField || (change.kind == ChangeKind::kAddIndex && !is_unique(change));
      if (!is_late || phase == Phase::kAfterData) changes.push_back(std::move(change));
    }
    for (const schema::Step& step : schema::plan(changes, names)) {
      const std::string path = "/schemas/" + client::segment(step.class_name);
      if (step.call == schema::StepCall::kCreate)
        server_.post(path, step.body);
      else
        server_.put(path, step.body);
    }
  }

 private:
  client::RestClient& server_;
};

[[noreturn]] void refuse(const Change& change) {
  const std::string text = schema::to_text(change);
  throw Error(ErrorCode::kInvalidSchemaOperation, text.substr(text.find(' ') + 1));
}

}  // namespace

std::unique_ptr<SchemaEnd> schema_end(storage::Adapter& storage) { return std::make_unique<StorageEnd>(storage); }
std::unique_ptr<SchemaEnd> schema_end(client::RestClient& server) { return std::make_unique<RestEnd>(server); }

std::vector<Change> missing_in(const schema::Schema& have, const std::vector<ClassSchema>& wanted) {
  Array before;
  Array after;
  for (const ClassSchema& class_schema : wanted) {
    if (const ClassSchema* known = have.find(class_schema.name))
      before.emplace_back(schema::own_definition(schema::describe(*known)));
    after.emplace_back(definition_of(class_schema));
  }
  std::vector<Change> changes;
  for (Change& change : schema::diff(before, after, true)) {
    if (change.kind == ChangeKind::kRetypeField || change.kind == ChangeKind::kChangeIndex) refuse(change);
    const bool is_extra = change.kind == ChangeKind::kDeleteField || change.kind == ChangeKind::kDropIndex;
    if (!is_extra) changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace parse::transfer
