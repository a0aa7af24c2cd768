#include "schema/schema_plan.h"

#include <fmt/format.h>

#include <map>

#include "base/error.h"
#include "schema/names.h"
#include "schema/schema_edit.h"

namespace parse::schema {
namespace {

using object::Object;
using object::Value;

Object delete_op() { return Object{{"__op", "Delete"}}; }
Object one(const std::string& section, const std::string& name, Value value) {
  return Object{{section, Object{{name, std::move(value)}}}};
}

std::string target_of(const Value& field) {
  const Value* target = field.as<Object>().find("targetClass");
  return target ? target->as<std::string>() : std::string();
}

/// True when no field is named by the permissions, so that they can be set before there are any.
bool names_no_field(const Object& permissions) {
  for (const auto& [key, value] : permissions) {
    const Object* rule = value.get_if<Object>();
    if (rule == nullptr || rule->contains("pointerFields")) return false;
    if (key != "protectedFields") continue;
    for (const auto& group : *rule) {
      if (group.value != Value(object::Array())) return false;
    }
  }
  return true;
}

/// Sorts the changes into rounds; the rounds follow one another.
class Planner {
 public:
  Planner(const std::vector<Change>& changes, std::set<std::string> existing)
      : changes_(changes), existing_(std::move(existing)) {}

  std::vector<Step> run() {
    create_classes();
    for (const Change& change : changes_) drop_index(change);
    for (const Change& change : changes_) delete_field(change);
    for (const Change& change : changes_) add_field(change);
    for (const Change& change : changes_) change_field(change);
    for (const Change& change : changes_) add_index(change);
    for (const Change& change : changes_) set_permissions(change);
    for (const Change& change : changes_) {
      if (change.kind == ChangeKind::kDeleteClass) add(change, {}, StepCall::kDelete);
    }
    return std::move(steps_);
  }

 private:
  void add(const Change& change, Object body, StepCall call = StepCall::kUpdate) {
    steps_.push_back({to_text(change), call, change.class_name, std::move(body)});
  }

  bool can_point_to(const std::string& target, const std::string& from) const {
    return target.empty() || target == from || is_system_class(target) || existing_.count(target) > 0;
  }

  // A class takes along the fields that need no other new class; the rest follows when all are there.
  void create_classes() {
    for (const Change& change : changes_) {
      if (change.kind != ChangeKind::kCreateClass) continue;
      Step step{to_text(change), StepCall::kCreate, change.class_name, Object{{"className", change.class_name}}};
      Object fields;
      for (const Change& field : changes_) {
        const bool comes_along = field.class_name == change.class_name && field.kind == ChangeKind::kAddField &&
                                 can_point_to(target_of(field.after), change.class_name);
        if (!comes_along) continue;
        fields.append(field.name, field.after);
        step.text += '\n' + to_text(field);
        done_.insert(&field);
      }
      step.body.append("fields", std::move(fields));
      add_first_permissions(step);
      existing_.insert(change.class_name);
      steps_.push_back(std::move(step));
    }
  }

  void add_first_permissions(Step& step) {
    for (const Change& change : changes_) {
      if (change.class_name != step.class_name || change.kind != ChangeKind::kSetPermissions) continue;
      const Object& wanted = change.after.as<Object>();
      if (!names_no_field(wanted)) {
        step.body.append("classLevelPermissions", Object());
        continue;
      }
      step.body.append("classLevelPermissions", wanted);
      step.text += '\n' + to_text(change);
      done_.insert(&change);
    }
  }

  void drop_index(const Change& change) {
    if (change.kind == ChangeKind::kDropIndex) add(change, one("indexes", change.name, delete_op()));
    if (change.kind != ChangeKind::kChangeIndex) return;
    steps_.push_back({"- index " + change.class_name + "." + change.name + " (to be made anew)", StepCall::kUpdate,
                      change.class_name, one("indexes", change.name, delete_op())});
  }

  void delete_field(const Change& change) {
    if (change.kind == ChangeKind::kDeleteField) add(change, one("fields", change.name, delete_op()));
    if (change.kind != ChangeKind::kRetypeField) return;
    steps_.push_back({"- field " + change.class_name + "." + change.name + " (to be made anew)", StepCall::kUpdate,
                      change.class_name, one("fields", change.name, delete_op())});
  }

  void add_field(const Change& change) {
    const bool is_new = change.kind == ChangeKind::kAddField && done_.count(&change) == 0;
    if (is_new || change.kind == ChangeKind::kRetypeField) add(change, one("fields", change.name, change.after));
  }

  void change_field(const Change& change) {
    if (change.kind == ChangeKind::kChangeField) add(change, one("fields", change.name, change.after));
  }

  void add_index(const Change& change) {
    if (change.kind == ChangeKind::kAddIndex || change.kind == ChangeKind::kChangeIndex)
      add(change, one("indexes", change.name, change.after));
  }

  void set_permissions(const Change& change) {
    if (change.kind == ChangeKind::kSetPermissions && done_.count(&change) == 0)
      add(change, Object{{"classLevelPermissions", change.after}});
  }

  const std::vector<Change>& changes_;
  std::set<std::string> existing_;
  std::set<const Change*> done_;
  std::vector<Step> steps_;
};

}  // namespace

std::vector<Step> plan(const std::vector<Change>& changes, const std::set<std::string>& existing) {
  return Planner(changes, existing).run();
}

void check_plan(const std::vector<Step>& steps, const object::Array& have) {
  // Whether ids of users may be any text is for the server to say.
  const EditRules rules{.custom_ids = true};
  std::map<std::string, ClassSchema> classes;
  for (const Value& definition : have) {
    const std::string& name = definition.as<Object>().at("className").as<std::string>();
    classes.emplace(name, new_class(name, definition.as<Object>(), rules));
  }
  for (const Step& step : steps) {
    try {
      if (step.call == StepCall::kCreate)
        classes.insert_or_assign(step.class_name, new_class(step.class_name, step.body, rules));
      else if (step.call == StepCall::kUpdate)
        classes.at(step.class_name) = edited_class(classes.at(step.class_name), step.body, rules);
    } catch (const Error& error) {
      throw Error(error.code(), fmt::format("{}: {}", step.text.substr(0, step.text.find('\n')), error.message()));
    }
  }
}

}  // namespace parse::schema
