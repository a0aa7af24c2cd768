#include "query/accumulator.h"

#include <array>
#include <optional>
#include <string>
#include <unordered_set>

#include "object/json.h"
#include "query/expression_operators.h"
#include "query/value_order.h"

namespace parse::query {
namespace {

using object::Array;
using object::Value;

/// Values that are no numbers do not count.
class Sum final : public Accumulator {
 public:
  void add(const Value& value) override {
    if (value.is_number()) total_ = add_numbers(total_, value);
  }
  Value result() override { return total_; }

 private:
  Value total_ = std::int64_t{0};
};

class Average final : public Accumulator {
 public:
  void add(const Value& value) override {
    if (!value.is_number()) return;
    total_ += value.number();
    ++count_;
  }
  Value result() override { return count_ == 0 ? Value() : Value(total_ / static_cast<double>(count_)); }

 private:
  double total_ = 0;
  std::int64_t count_ = 0;
};

template <bool greatest>
class Extreme final : public Accumulator {
 public:
  void add(const Value& value) override {
    if (value.is_null()) return;
    const bool better = best_.is_null() || (greatest ? order_values(value, best_) > 0 : order_values(value, best_) < 0);
    if (better) best_ = value;
  }
  Value result() override { return std::move(best_); }

 private:
  Value best_;
};

class First final : public Accumulator {
 public:
  void add(const Value& value) override {
    if (!first_) first_ = value;
  }
  Value result() override { return first_ ? std::move(*first_) : Value(); }

 private:
  std::optional<Value> first_;
};

class Last final : public Accumulator {
 public:
  void add(const Value& value) override { last_ = value; }
  Value result() override { return std::move(last_); }

 private:
  Value last_;
};

class Push final : public Accumulator {
 public:
  void add(const Value& value) override {
    if (!value.is_null()) all_.push_back(value);
  }
  Value result() override { return std::move(all_); }

 private:
  Array all_;
};

class AddToSet final : public Accumulator {
 public:
  void add(const Value& value) override {
    if (!value.is_null() && seen_.insert(object::to_json(value)).second) all_.push_back(value);
  }
  Value result() override { return std::move(all_); }

 private:
  std::unordered_set<std::string> seen_;
  Array all_;
};

class Count final : public Accumulator {
 public:
  void add(const Value&) override { ++count_; }
  Value result() override { return count_; }

 private:
  std::int64_t count_ = 0;
};

template <typename T>
std::unique_ptr<Accumulator> make() {
  return std::make_unique<T>();
}

struct Row {
  std::string_view name;
  std::unique_ptr<Accumulator> (*make)();
};
constexpr std::array<Row, 9> kAccumulators{{
    {"$sum", make<Sum>},
    {"$avg", make<Average>},
    {"$min", make<Extreme<false>>},
    {"$max", make<Extreme<true>>},
    {"$first", make<First>},
    {"$last", make<Last>},
    {"$push", make<Push>},
    {"$addToSet", make<AddToSet>},
    {"$count", make<Count>},
}};

}  // namespace

std::unique_ptr<Accumulator> make_accumulator(std::string_view name) {
  for (const Row& row : kAccumulators) {
    if (row.name == name) return row.make();
  }
  return nullptr;
}

}  // namespace parse::query
