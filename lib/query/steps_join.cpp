// Stages that bring more rows: $lookup reads another class, $facet runs several pipelines over the same rows.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "object/update_op.h"
#include "query/expression.h"
#include "query/path_values.h"
#include "query/pipeline_parser.h"
#include "query/pipeline_steps.h"
#include "query/value_order.h"

namespace parse::query {
namespace {

using object::Array;
using object::Object;
using object::Pointer;
using object::Value;

/// Pipelines inside each other; more than that nobody writes by hand.
constexpr int kMaxDepth = 5;
/// Values that one find of a $lookup asks for.
constexpr std::size_t kKeysAtOnce = 500;

struct ValueLess {
  bool operator()(const Value& left, const Value& right) const { return order_values(left, right) < 0; }
};
using Keys = std::set<Value, ValueLess>;

struct Variable {
  std::string name;
  Expression value;
};

struct LookupSettings {
  std::string from;
  /// Both or none.
  std::string local;
  std::string foreign;
  std::string as;
  std::vector<Variable> variables;
  Pipeline pipeline;
};

/// A copy in which "$$name" and "$$name.path" are the values of the variables.
Value with_variables(const Value& body, const Object& values) {
  if (const auto* text = body.get_if<std::string>(); text != nullptr && text->starts_with("$$")) {
    const std::string_view path = std::string_view(*text).substr(2);
    if (!values.contains(path.substr(0, path.find('.')))) return body;
    const auto found = values_at(values, path);
    return Object{{"$literal", found.empty() ? Value() : *found.front()}};
  }
  if (const Array* list = body.get_if<Array>()) {
    Array copy;
    for (const Value& element : *list) copy.push_back(with_variables(element, values));
    return copy;
  }
  const Object* map = body.get_if<Object>();
  if (map == nullptr) return body;
  Object copy;
  for (const auto& [key, value] : *map) copy.append(key, with_variables(value, values));
  return copy;
}

Pipeline with_variables(const Pipeline& pipeline, const Object& values) {
  Pipeline copy;
  for (const Stage& stage : pipeline.stages) copy.stages.push_back({stage.name, with_variables(stage.body, values)});
  return copy;
}

Array run_over(const Pipeline& pipeline, const PipelineContext& context, const Array& rows) {
  PipelineRun run(pipeline, context);
  for (const Value& row : rows) {
    if (!run.push(row.as<Object>())) break;
  }
  return run.finish();
}

/// The values at a path, those of lists one by one; null when there is none, as in MongoDB.
std::vector<Value> keys_at(const Object& row, const std::string& path) {
  std::vector<Value> keys;
  for (const Value* value : values_at(row, path)) {
    if (const Array* list = value->get_if<Array>()) {
      keys.insert(keys.end(), list->begin(), list->end());
    } else {
      keys.push_back(*value);
    }
  }
  if (keys.empty()) keys.emplace_back();
  return keys;
}

/// Holds the rows back, reads what belongs to all of them with few finds, and hands them on with it.
class Lookup final : public Step {
 public:
  Lookup(LookupSettings settings, const PipelineContext& context)
      : settings_(std::move(settings)), inner_(inner_context(context)) {
    inner_.class_name = settings_.from;
    const schema::ClassSchema* foreign = context.schema.find(settings_.from);
    foreign_field_ = foreign ? foreign->find_field(settings_.foreign) : nullptr;
    Object unknown;
    for (const Variable& variable : settings_.variables) unknown.append(variable.name, Value());
    PipelineRun check(with_variables(settings_.pipeline, unknown), inner_);
  }

  bool push(Object row) override {
    rows_.push_back(std::move(row));
    return true;
  }

  void finish() override {
    if (rows_.empty() || !inner_.read) return;
    SplitPipeline split = split_leading_match(
        settings_.pipeline,
        {.schema = inner_.schema, .class_name = settings_.from, .is_master = true, .now = inner_.now});
    settings_.pipeline = std::move(split.rest);
    settings_.local.empty() ? read(split.where) : read_joined(split.where);
    for (Object& row : rows_) {
      object::apply_update_at(row, settings_.as, object::SetValue{partners_of(row)});
      if (!pass(std::move(row))) return;
    }
  }

 private:
  void read(const Where& where) {
    Find find;
    find.class_name = settings_.from;
    find.where = where;
    inner_.read(find, [&](Object row) {
      erase_internal_fields(row);
      const std::size_t place = foreign_.size();
      if (!settings_.foreign.empty()) {
        for (const Value& key : keys_at(row, settings_.foreign)) places_[key].push_back(place);
      }
      foreign_.emplace_back(std::move(row));
      return true;
    });
  }

  void read_joined(const Where& where) {
    Keys keys;
    for (const Object& row : rows_) {
      for (const Value& key : keys_at(row, settings_.local)) add_key(key, keys);
    }
    const auto read_with = [&](Constraint constraint) {
      Where narrowed = where;
      narrowed.conditions.push_back(FieldCondition{settings_.foreign, std::move(constraint)});
      read(narrowed);
    };
    if (keys.erase(Value()) > 0) read_with(Equal{Value()});
    for (auto key = keys.begin(); key != keys.end();) {
      Array some;
      for (; key != keys.end() && some.size() < kKeysAtOnce; ++key) some.push_back(*key);
      read_with(In{std::move(some)});
    }
    keep_each_once();
  }

  /// A row with a list may have come with several of its values.
  void keep_each_once() {
    std::set<std::string> seen;
    Array all = std::move(foreign_);
    foreign_.clear();
    places_.clear();
    for (Value& value : all) {
      Object& row = *value.get_if<Object>();
      if (!seen.insert(row.at("objectId").as<std::string>()).second) continue;
      for (const Value& key : keys_at(row, settings_.foreign)) places_[key].push_back(foreign_.size());
      foreign_.push_back(std::move(value));
    }
  }

  /// The value as the other field would hold it: an id and a pointer to it are the same. Nothing when no object of the
  /// class can hold it.
  std::optional<Value> foreign_form(const Value& key) const {
    if (key.is_null()) return key;
    const Pointer* pointer = key.get_if<Pointer>();
    if (settings_.foreign == "objectId") {
      if (pointer != nullptr)
        return pointer->class_name == settings_.from ? std::optional<Value>(pointer->object_id) : std::nullopt;
      return key.is<std::string>() ? std::optional(key) : std::nullopt;
    }
    if (foreign_field_ == nullptr)
      return settings_.foreign.find('.') == std::string::npos ? std::nullopt : std::optional(key);
    return of_kind(key);
  }

  std::optional<Value> of_kind(const Value& key) const {
    const auto when = [&](bool fits) { return fits ? std::optional(key) : std::nullopt; };
    switch (foreign_field_->type.kind) {
      case schema::FieldKind::kPointer:
        if (const auto* id = key.get_if<std::string>()) return Value(Pointer{foreign_field_->type.target_class, *id});
        return when(key.is<Pointer>());
      case schema::FieldKind::kString:
        return when(key.is<std::string>());
      case schema::FieldKind::kNumber:
        return when(key.is_number());
      case schema::FieldKind::kBoolean:
        return when(key.is<bool>());
      case schema::FieldKind::kDate:
        return when(key.is<object::Date>());
      default:
        return key;
    }
  }

  void add_key(const Value& key, Keys& keys) const {
    if (auto form = foreign_form(key)) keys.insert(std::move(*form));
  }

  Array candidates_of(const Object& row) const {
    if (settings_.local.empty()) return foreign_;
    std::set<std::size_t> chosen;
    Keys keys;
    for (const Value& key : keys_at(row, settings_.local)) add_key(key, keys);
    for (const Value& key : keys) {
      if (const auto found = places_.find(key); found != places_.end())
        chosen.insert(found->second.begin(), found->second.end());
    }
    Array rows;
    for (const std::size_t place : chosen) rows.push_back(foreign_[place]);
    return rows;
  }

  Array partners_of(const Object& row) {
    if (settings_.pipeline.stages.empty()) return candidates_of(row);
    const bool is_same_for_all = settings_.local.empty() && settings_.variables.empty();
    if (is_same_for_all && common_) return *common_;
    Array partners = run_over(pipeline_for(row), inner_, candidates_of(row));
    if (is_same_for_all) common_ = partners;
    return partners;
  }

  Pipeline pipeline_for(const Object& row) const {
    if (settings_.variables.empty()) return settings_.pipeline;
    Object values;
    for (const Variable& variable : settings_.variables)
      values.append(variable.name, variable.value.evaluate(row).value_or(Value()));
    return with_variables(settings_.pipeline, values);
  }

  LookupSettings settings_;
  PipelineContext inner_;
  const schema::Field* foreign_field_ = nullptr;
  std::vector<Object> rows_;
  Array foreign_;
  std::map<Value, std::vector<std::size_t>, ValueLess> places_;
  std::optional<Array> common_;
};

struct Facet {
  std::string name;
  std::unique_ptr<PipelineRun> run;
  bool wants_more = true;
};

class Facets final : public Step {
 public:
  explicit Facets(std::vector<Facet> facets) : facets_(std::move(facets)) {}

  bool push(Object row) override {
    bool any = false;
    for (Facet& facet : facets_) {
      if (facet.wants_more) facet.wants_more = facet.run->push(row);
      any = any || facet.wants_more;
    }
    return any;
  }

  void finish() override {
    Object all;
    for (const Facet& facet : facets_) {
      Array rows = facet.run->finish();
      for (Value& row : rows) erase_internal_fields(*row.get_if<Object>());
      all.append(facet.name, std::move(rows));
    }
    pass(std::move(all));
  }

 private:
  std::vector<Facet> facets_;
};

std::string text_member(const Object& map, std::string_view name) {
  const Value* value = map.find(name);
  if (value == nullptr) return {};
  if (!value->is<std::string>()) fail_stage(fmt::format("$lookup argument '{}' must be a string", name));
  return value->as<std::string>();
}

void check_members(const Object& map) {
  for (const auto& [name, value] : map) {
    if (name != "from" && name != "localField" && name != "foreignField" && name != "as" && name != "let" &&
        name != "pipeline")
      fail_stage(fmt::format("unknown argument to $lookup: {}", name));
  }
}

std::vector<Variable> read_variables(const Value* let) {
  std::vector<Variable> variables;
  if (let == nullptr) return variables;
  for (const auto& [name, value] : stage_object("$lookup let", *let)) {
    if (name.empty() || name.find_first_of("$.") != std::string::npos)
      fail_stage(fmt::format("'{}' is no name for a variable of $lookup", name));
    variables.push_back({name, Expression::parse(value)});
  }
  return variables;
}

}  // namespace

PipelineContext inner_context(const PipelineContext& context) {
  PipelineContext inner = context;
  if (++inner.depth > kMaxDepth) fail_stage(fmt::format("more than {} pipelines are inside each other", kMaxDepth));
  return inner;
}

void erase_internal_fields(Object& row) {
  std::vector<std::string> internal;
  for (const auto& [name, value] : row) {
    if (name.starts_with('_')) internal.push_back(name);
  }
  for (const std::string& name : internal) row.erase(name);
}

StepPtr make_lookup(const Value& body, const PipelineContext& context) {
  const Object& map = stage_object("$lookup", body);
  check_members(map);
  LookupSettings settings;
  settings.from = text_member(map, "from");
  settings.as = text_member(map, "as");
  if (settings.from.empty() || settings.as.empty()) fail_stage("$lookup needs 'from' and 'as'");
  check_path("$lookup", settings.as);
  if (map.contains("localField") != map.contains("foreignField"))
    fail_stage("$lookup requires both or neither of 'localField' and 'foreignField' to be specified");
  if (map.contains("localField")) {
    settings.local = parse_field_name(text_member(map, "localField"));
    settings.foreign = parse_field_name(text_member(map, "foreignField"));
    check_path("$lookup", settings.local);
    check_path("$lookup", settings.foreign);
  } else if (!map.contains("pipeline")) {
    fail_stage("$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified");
  }
  settings.variables = read_variables(map.find("let"));
  if (const Value* pipeline = map.find("pipeline")) settings.pipeline = parse_inner_stages(*pipeline);
  return std::make_unique<Lookup>(std::move(settings), context);
}

StepPtr make_facet(const Value& body, const PipelineContext& context) {
  const PipelineContext inner = inner_context(context);
  std::vector<Facet> facets;
  for (const auto& [name, stages] : stage_object("$facet", body)) {
    check_path("$facet", name);
    const Pipeline pipeline = parse_inner_stages(stages);
    const bool nests = std::ranges::any_of(pipeline.stages, [](const Stage& stage) { return stage.name == "$facet"; });
    if (nests) fail_stage("$facet is not allowed to be used within a $facet stage");
    facets.push_back({name, std::make_unique<PipelineRun>(pipeline, inner)});
  }
  if (facets.empty()) fail_stage("the $facet specification must be a non-empty object");
  return std::make_unique<Facets>(std::move(facets));
}

}  // namespace parse::query
