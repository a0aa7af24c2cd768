// Stages that choose and order rows: $match, $sort, $limit, $skip, $sample, and $count.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "query/expression.h"
#include "query/expression_operators.h"
#include "query/matcher.h"
#include "query/path_values.h"
#include "query/pipeline_parser.h"
#include "query/pipeline_steps.h"
#include "query/value_order.h"

namespace parse::query {
namespace {

using object::Object;
using object::Value;

class Match final : public Step {
 public:
  Match(Where where, std::optional<Expression> expression)
      : where_(std::move(where)), expression_(std::move(expression)) {}
  bool push(Object row) override { return matches(where_, row, regexes_) && holds(row) ? pass(std::move(row)) : true; }

 private:
  bool holds(const Object& row) const {
    if (!expression_) return true;
    const auto value = expression_->evaluate(row);
    return value && is_true_value(*value);
  }

  Where where_;
  std::optional<Expression> expression_;
  RegexCache regexes_;
};

struct SortKey {
  std::string path;
  bool descending;
};

class Sort final : public Step {
 public:
  explicit Sort(std::vector<SortKey> keys) : keys_(std::move(keys)) {}
  bool push(Object row) override {
    Entry entry;
    for (const SortKey& key : keys_) {
      const auto found = values_at(row, key.path);
      entry.values.push_back(found.empty() ? Value() : *found.front());
    }
    entry.row = std::move(row);
    entries_.push_back(std::move(entry));
    return true;
  }
  void finish() override {
    std::stable_sort(entries_.begin(), entries_.end(), [&](const Entry& a, const Entry& b) { return before(a, b); });
    for (Entry& entry : entries_) {
      if (!pass(std::move(entry.row))) break;
    }
    entries_.clear();
  }

 private:
  struct Entry {
    std::vector<Value> values;
    Object row;
  };
  /// Nothing sorts as greater than everything, as in a find.
  static std::strong_ordering order(const Value& a, const Value& b) {
    if (a.is_null() || b.is_null()) return a.is_null() <=> b.is_null();
    return order_values(a, b);
  }
  bool before(const Entry& a, const Entry& b) const {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      const auto result = order(a.values[i], b.values[i]);
      if (result != 0) return keys_[i].descending ? result > 0 : result < 0;
    }
    return false;
  }

  std::vector<SortKey> keys_;
  std::vector<Entry> entries_;
};

class Limit final : public Step {
 public:
  explicit Limit(std::int64_t count) : left_(count) {}
  bool push(Object row) override {
    if (left_ == 0) return false;
    --left_;
    return pass(std::move(row)) && left_ > 0;
  }

 private:
  std::int64_t left_;
};

class Skip final : public Step {
 public:
  explicit Skip(std::int64_t count) : left_(count) {}
  bool push(Object row) override {
    if (left_ == 0) return pass(std::move(row));
    --left_;
    return true;
  }

 private:
  std::int64_t left_;
};

class CountRows final : public Step {
 public:
  explicit CountRows(std::string name) : name_(std::move(name)) {}
  bool push(Object) override {
    ++count_;
    return true;
  }
  void finish() override {
    if (count_ > 0) pass(Object{{name_, count_}});
  }

 private:
  std::string name_;
  std::int64_t count_ = 0;
};

/// Reservoir sampling: every row has the same chance, and no more than the sample is kept.
class Sample final : public Step {
 public:
  Sample(std::int64_t size, std::uint64_t seed) : size_(static_cast<std::size_t>(size)), random_(seed) {}
  bool push(Object row) override {
    ++seen_;
    if (kept_.size() < size_) {
      kept_.push_back(std::move(row));
    } else {
      const auto place = std::uniform_int_distribution<std::size_t>(0, seen_ - 1)(random_);
      if (place < size_) kept_[place] = std::move(row);
    }
    return true;
  }
  void finish() override {
    std::shuffle(kept_.begin(), kept_.end(), random_);
    for (Object& row : kept_) {
      if (!pass(std::move(row))) break;
    }
  }

 private:
  std::size_t size_;
  std::mt19937_64 random_;
  std::size_t seen_ = 0;
  std::vector<Object> kept_;
};

std::int64_t read_count(const char* stage, const Value& body, std::int64_t least) {
  if (!body.is_number() || body.number() != std::trunc(body.number()) || body.number() < static_cast<double>(least) ||
      body.number() > 9e15)
    fail_stage(fmt::format("invalid argument to {} stage: expected a {} integer", stage,
                           least > 0 ? "positive" : "non-negative"));
  return static_cast<std::int64_t>(body.number());
}

}  // namespace

StepPtr make_match(const Value& body, const PipelineContext& context) {
  Object constraints = stage_object("$match", body);
  std::optional<Expression> expression;
  if (const Value* source = constraints.find("$expr")) {
    expression = Expression::parse(*source);
    constraints.erase("$expr");
  }
  WhereContext where{context.schema, context.class_name};
  where.is_master = true;
  where.now = context.now;
  return std::make_unique<Match>(parse_match(constraints, where), std::move(expression));
}

StepPtr make_sort(const Value& body, const PipelineContext&) {
  std::vector<SortKey> keys;
  for (const auto& [name, direction] : stage_object("$sort", body)) {
    if (!direction.is_number() || std::abs(direction.number()) != 1)
      fail_stage("$sort key ordering must be 1 (for ascending) or -1 (for descending)");
    keys.push_back({parse_field_name(name), direction.number() < 0});
  }
  if (keys.empty()) fail_stage("$sort stage must have at least one sort key");
  return std::make_unique<Sort>(std::move(keys));
}

StepPtr make_limit(const Value& body, const PipelineContext&) {
  return std::make_unique<Limit>(read_count("$limit", body, 1));
}

StepPtr make_skip(const Value& body, const PipelineContext&) {
  return std::make_unique<Skip>(read_count("$skip", body, 0));
}

StepPtr make_count(const Value& body, const PipelineContext&) {
  const auto* name = body.get_if<std::string>();
  if (name == nullptr || name->empty() || name->find_first_of("$.") != std::string::npos)
    fail_stage("the count field must be a non-empty string without '$' and '.'");
  return std::make_unique<CountRows>(*name);
}

StepPtr make_sample(const Value& body, const PipelineContext& context) {
  const Value* size = stage_object("$sample", body).find("size");
  if (size == nullptr) fail_stage("$sample stage must specify a size");
  return std::make_unique<Sample>(read_count("$sample", *size, 1), context.seed);
}

}  // namespace parse::query
