// $group.
#include <fmt/format.h>

#include <unordered_map>

#include "object/json.h"
#include "query/accumulator.h"
#include "query/expression.h"
#include "query/pipeline_steps.h"

namespace parse::query {
namespace {

using object::Object;
using object::Value;

struct Column {
  std::string name;
  std::string accumulator;
  Expression expression;
};

/// Pointers in a group's id are bare ids, as in the reference.
Value without_pointers(Value key) {
  if (const auto* pointer = key.get_if<object::Pointer>()) return pointer->object_id;
  if (auto* map = key.get_if<Object>()) {
    for (auto& member : *map) member.value = without_pointers(std::move(member.value));
  }
  return key;
}

class GroupRows final : public Step {
 public:
  GroupRows(Expression key, std::vector<Column> columns) : key_(std::move(key)), columns_(std::move(columns)) {}

  bool push(Object row) override {
    Group& group = find_group(row);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      auto value = columns_[i].expression.evaluate(row);
      group.accumulators[i]->add(value ? *value : Value());
    }
    return true;
  }

  void finish() override {
    for (Group& group : groups_) {
      Object row;
      row.append("objectId", std::move(group.id));
      for (std::size_t i = 0; i < columns_.size(); ++i) row.append(columns_[i].name, group.accumulators[i]->result());
      if (!pass(std::move(row))) break;
    }
    groups_.clear();
  }

 private:
  struct Group {
    Value id;
    std::vector<std::unique_ptr<Accumulator>> accumulators;
  };

  Group& find_group(const Object& row) {
    auto key = key_.evaluate(row);
    Value id = without_pointers(key ? std::move(*key) : Value());
    const auto [place, is_new] = places_.try_emplace(object::to_json(id), groups_.size());
    if (is_new) {
      Group group{std::move(id), {}};
      for (const Column& column : columns_) group.accumulators.push_back(make_accumulator(column.accumulator));
      groups_.push_back(std::move(group));
    }
    return groups_[place->second];
  }

  Expression key_;
  std::vector<Column> columns_;
  std::unordered_map<std::string, std::size_t> places_;
  std::vector<Group> groups_;
};

Column read_column(const std::string& name, const Value& body) {
  if (name.empty() || name.find('.') != std::string::npos || name.starts_with('$'))
    fail_stage(fmt::format("The field name '{}' cannot be used in $group", name));
  const Object* map = body.get_if<Object>();
  if (map == nullptr || map->size() != 1) fail_stage(fmt::format("The field '{}' must be an accumulator object", name));
  const auto& [accumulator, operand] = *map->begin();
  if (make_accumulator(accumulator) == nullptr) fail_stage(fmt::format("unknown group operator '{}'", accumulator));
  return {name, accumulator, Expression::parse(operand)};
}

}  // namespace

StepPtr make_group(const Value& body, const PipelineContext&) {
  const Object& group = stage_object("$group", body);
  const Value* id = group.find("_id");
  if (id == nullptr) fail_stage("Invalid parameter for query: group. Missing key _id");
  std::vector<Column> columns;
  for (const auto& [name, column] : group) {
    if (name != "_id") columns.push_back(read_column(name, column));
  }
  return std::make_unique<GroupRows>(Expression::parse(*id), std::move(columns));
}

}  // namespace parse::query
