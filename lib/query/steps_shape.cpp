// Stages that change rows: $project, $addFields, $unwind.
#include <fmt/format.h>

#include <map>

#include "object/update_op.h"
#include "query/expression.h"
#include "query/path_values.h"
#include "query/pipeline_parser.h"
#include "query/pipeline_steps.h"

namespace parse::query {
namespace {

using object::Array;
using object::Object;
using object::Value;

/// Dotted paths as a tree; a node without children means everything below.
struct PathTree {
  std::map<std::string, PathTree, std::less<>> children;

  void add(std::string_view path) {
    PathTree* node = this;
    while (!path.empty()) {
      const std::size_t dot = path.find('.');
      node = &node->children[std::string(path.substr(0, dot))];
      path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
    }
  }
};

Value kept(const Value& value, const PathTree& tree);

Object kept_members(const Object& map, const PathTree& tree) {
  Object result;
  for (const auto& [key, value] : map) {
    if (const auto child = tree.children.find(key); child != tree.children.end())
      result.append(key, kept(value, child->second));
  }
  return result;
}

Value kept(const Value& value, const PathTree& tree) {
  if (tree.children.empty()) return value;
  if (const Object* map = value.get_if<Object>()) return kept_members(*map, tree);
  Array list;
  if (const Array* elements = value.get_if<Array>()) {
    for (const Value& element : *elements) list.push_back(kept(element, tree));
    return list;
  }
  return nullptr;
}

void drop(Value& value, const PathTree& tree);

void drop_members(Object& map, const PathTree& tree) {
  for (const auto& [key, child] : tree.children) {
    if (child.children.empty()) {
      map.erase(key);
    } else if (Value* value = map.find(key)) {
      drop(*value, child);
    }
  }
}

void drop(Value& value, const PathTree& tree) {
  if (Object* map = value.get_if<Object>()) drop_members(*map, tree);
  if (Array* list = value.get_if<Array>()) {
    for (Value& element : *list) drop(element, tree);
  }
}

struct Computed {
  std::string path;
  Expression expression;
};

void set_computed(const std::vector<Computed>& fields, const Object& source, Object& target) {
  for (const Computed& field : fields) {
    if (auto value = field.expression.evaluate(source))
      object::apply_update_at(target, field.path, object::SetValue{std::move(*value)});
  }
}

class Exclude final : public Step {
 public:
  explicit Exclude(PathTree tree) : tree_(std::move(tree)) {}
  bool push(Object row) override {
    drop_members(row, tree_);
    return pass(std::move(row));
  }

 private:
  PathTree tree_;
};

class Include final : public Step {
 public:
  Include(PathTree tree, std::vector<Computed> computed) : tree_(std::move(tree)), computed_(std::move(computed)) {}
  bool push(Object row) override {
    Object shaped = kept_members(row, tree_);
    set_computed(computed_, row, shaped);
    return pass(std::move(shaped));
  }

 private:
  PathTree tree_;
  std::vector<Computed> computed_;
};

class AddFields final : public Step {
 public:
  explicit AddFields(std::vector<Computed> computed) : computed_(std::move(computed)) {}
  bool push(Object row) override {
    Object changed = row;
    set_computed(computed_, row, changed);
    return pass(std::move(changed));
  }

 private:
  std::vector<Computed> computed_;
};

struct UnwindSettings {
  std::string path;
  std::string index_field;
  bool keep_empty = false;
};

class Unwind final : public Step {
 public:
  explicit Unwind(UnwindSettings settings) : settings_(std::move(settings)) {}
  bool push(Object row) override {
    const auto found = values_at(row, settings_.path);
    const Array* list = found.size() == 1 ? found.front()->get_if<Array>() : nullptr;
    if (found.empty() || (list != nullptr && list->empty())) {
      if (!settings_.keep_empty) return true;
      object::apply_update_at(row, settings_.path, object::DeleteField{});
      return pass_with_index(std::move(row), nullptr);
    }
    if (list == nullptr) return pass_with_index(std::move(row), nullptr);
    const Array elements = *list;
    for (std::size_t i = 0; i < elements.size(); ++i) {
      Object copy = row;
      object::apply_update_at(copy, settings_.path, object::SetValue{elements[i]});
      if (!pass_with_index(std::move(copy), static_cast<std::int64_t>(i))) return false;
    }
    return true;
  }

 private:
  bool pass_with_index(Object row, Value index) {
    if (!settings_.index_field.empty()) row.set(settings_.index_field, std::move(index));
    return pass(std::move(row));
  }

  UnwindSettings settings_;
};

/// 1 and true include, 0 and false exclude; anything else is an expression.
std::optional<bool> inclusion_of(const Value& value) {
  if (!value.is_number() && !value.is<bool>()) return std::nullopt;
  return value.truthy();
}

/// The field that an $unwind names, without its "$".
std::string unwind_path(const Value* path) {
  const auto* text = path ? path->get_if<std::string>() : nullptr;
  if (text == nullptr || !text->starts_with('$'))
    fail_stage("path option to $unwind stage should be prefixed with a '$'");
  std::string name = parse_field_name(std::string_view(*text).substr(1));
  check_path("$unwind", name);
  return name;
}

}  // namespace

void check_path(std::string_view stage, const std::string& path) {
  if (path.empty() || path.starts_with('.') || path.ends_with('.') || path.find("..") != std::string::npos ||
      path.find('$') != std::string::npos)
    fail_stage(fmt::format("Invalid {} :: field path '{}' is not valid", stage, path));
}

StepPtr make_project(const Value& body, const PipelineContext&) {
  PathTree included;
  PathTree excluded;
  std::vector<Computed> computed;
  bool keeps_id = true;
  for (const auto& [name, value] : stage_object("$project", body)) {
    const std::string path = parse_field_name(name);
    check_path("$project", path);
    const auto inclusion = inclusion_of(value);
    if (path == "objectId" && inclusion == false) keeps_id = false;
    if (!inclusion) computed.push_back({path, Expression::parse(value)});
    if (inclusion) (*inclusion ? included : excluded).add(path);
  }
  const bool includes = !included.children.empty() || !computed.empty();
  const std::size_t excluded_fields = excluded.children.size() - (keeps_id ? 0 : 1);
  if (includes && excluded_fields > 0) fail_stage("Invalid $project :: Cannot do exclusion in inclusion projection");
  if (!includes && excluded.children.empty()) fail_stage("$project specification must have at least one field");
  if (!includes) return std::make_unique<Exclude>(std::move(excluded));
  if (keeps_id) included.add("objectId");
  return std::make_unique<Include>(std::move(included), std::move(computed));
}

StepPtr make_add_fields(const Value& body, const PipelineContext&) {
  std::vector<Computed> computed;
  for (const auto& [name, value] : stage_object("$addFields", body)) {
    const std::string path = parse_field_name(name);
    check_path("$addFields", path);
    computed.push_back({path, Expression::parse(value)});
  }
  if (computed.empty()) fail_stage("$addFields specification must have at least one field");
  return std::make_unique<AddFields>(std::move(computed));
}

StepPtr make_unwind(const Value& body, const PipelineContext&) {
  UnwindSettings settings;
  if (body.is<std::string>()) {
    settings.path = unwind_path(&body);
    return std::make_unique<Unwind>(std::move(settings));
  }
  const Object& map = stage_object("$unwind", body);
  settings.path = unwind_path(map.find("path"));
  if (const Value* index = map.find("includeArrayIndex")) {
    if (!index->is<std::string>()) fail_stage("includeArrayIndex option to $unwind stage must be a string");
    settings.index_field = index->as<std::string>();
    check_path("$unwind", settings.index_field);
  }
  const Value* keep = map.find("preserveNullAndEmptyArrays");
  settings.keep_empty = keep != nullptr && keep->truthy();
  return std::make_unique<Unwind>(std::move(settings));
}

}  // namespace parse::query
