#include "query/expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/overloaded.h"
#include "query/expression_operators.h"
#include "query/path_values.h"
#include "query/pipeline_parser.h"

namespace parse::query {

using object::Array;
using object::Object;
using object::Value;

/// A tree of values to compute.
class Expression::Node {
 public:
  using Children = std::vector<Node>;
  struct Literal {
    Value value;
  };
  struct Path {
    std::string path;  // empty: the whole row
  };
  struct List {
    Children elements;
  };
  struct Map {
    std::vector<std::string> keys;
    Children values;
  };
  struct Call {
    const ExpressionOperator* op;
    Children arguments;
  };
  /// The operators that do not compute all of their arguments.
  struct Condition {
    Children parts;  // if, then, else
  };
  struct FirstPresent {
    Children candidates;
  };
  struct Switch {
    Children parts;  // case, then, case, then, …, default
  };
  using Kind = std::variant<Literal, Path, List, Map, Call, Condition, FirstPresent, Switch>;

  explicit Node(Kind kind) : kind_(std::move(kind)) {}

  std::optional<Value> evaluate(const Object& row) const;

 private:
  static Value value_or_null(const Node& node, const Object& row) {
    auto value = node.evaluate(row);
    return value ? std::move(*value) : Value();
  }
  static bool is_true(const Node& node, const Object& row) { return is_true_value(value_or_null(node, row)); }
  static std::optional<Value> lookup(const std::string& path, const Object& row);
  static std::optional<Value> choose(const Children& parts, const Object& row);

  Kind kind_;
};

namespace {

using Node = Expression::Node;

// Expressions come from the master key only, but a deep one must not exhaust the stack.
constexpr int kMaxDepth = 100;

std::optional<Node> parse_special(const std::string& name, const Value& operand, int depth);

Node parse_node(const Value& source, int depth);

Node::Children parse_list(const Value& operand, int depth) {
  Node::Children nodes;
  if (const Array* list = operand.get_if<Array>()) {
    for (const Value& element : *list) nodes.push_back(parse_node(element, depth));
  } else {
    nodes.push_back(parse_node(operand, depth));
  }
  return nodes;
}

const ExpressionOperator* find_operator(std::string_view name) {
  for (const auto table :
       {math_operators(), text_operators(), logic_operators(), array_operators(), date_operators()}) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.name == name; });
    if (found != table.end()) return &*found;
  }
  return nullptr;
}

Node parse_call(const std::string& name, const Value& operand, int depth) {
  if (name == "$literal") return Node(Node::Literal{operand});
  if (auto special = parse_special(name, operand, depth)) return std::move(*special);
  const ExpressionOperator* op = find_operator(name);
  if (op == nullptr) fail_expression(fmt::format("Unrecognized expression '{}'", name));
  Node::Children arguments = parse_list(operand, depth + 1);
  if (arguments.size() < op->min_arguments || arguments.size() > op->max_arguments)
    fail_expression(
        fmt::format("Expression {} takes another number of arguments, {} were passed in.", name, arguments.size()));
  return Node(Node::Call{op, std::move(arguments)});
}

/// The members `names` of an operator that takes an object; the last may be absent when `last_optional`.
Node::Children parse_members(const std::string& op, const Object& map, std::span<const std::string_view> names,
                             int depth) {
  Node::Children parts;
  for (const std::string_view name : names) {
    const Value* part = map.find(name);
    if (part == nullptr) fail_expression(fmt::format("Missing '{}' parameter to {}", name, op));
    parts.push_back(parse_node(*part, depth + 1));
  }
  if (map.size() != names.size()) fail_expression(fmt::format("Unrecognized parameter to {}", op));
  return parts;
}

Node parse_condition(const Value& operand, int depth) {
  static constexpr std::array<std::string_view, 3> kParts{"if", "then", "else"};
  Node::Children parts = operand.is<Object>() ? parse_members("$cond", operand.as<Object>(), kParts, depth)
                                              : parse_list(operand, depth + 1);
  if (parts.size() != 3) fail_expression("Expression $cond takes exactly 3 arguments.");
  return Node(Node::Condition{std::move(parts)});
}

Node parse_switch(const Value& operand, int depth) {
  static constexpr std::array<std::string_view, 2> kBranch{"case", "then"};
  const Object* map = operand.get_if<Object>();
  const Value* branches = map ? map->find("branches") : nullptr;
  if (branches == nullptr || !branches->is<Array>()) fail_expression("$switch requires an array of branches");
  Node::Children parts;
  for (const Value& branch : branches->as<Array>()) {
    if (!branch.is<Object>()) fail_expression("$switch requires each branch to be an object");
    for (Node& part : parse_members("$switch", branch.as<Object>(), kBranch, depth)) parts.push_back(std::move(part));
  }
  const Value* otherwise = map->find("default");
  parts.push_back(otherwise ? parse_node(*otherwise, depth + 1) : Node(Node::Literal{Value()}));
  return Node(Node::Switch{std::move(parts)});
}

/// $dateToString takes an object; its parts become plain arguments.
Node parse_date_to_string(const Value& operand, int depth) {
  const Object* map = operand.get_if<Object>();
  const Value* date = map ? map->find("date") : nullptr;
  if (date == nullptr) fail_expression("Missing 'date' parameter to $dateToString");
  const Value* format = map->find("format");
  Node::Children arguments;
  arguments.push_back(parse_node(*date, depth + 1));
  arguments.push_back(format ? parse_node(*format, depth + 1) : Node(Node::Literal{"%Y-%m-%dT%H:%M:%S.%LZ"}));
  return Node(Node::Call{find_operator("$dateToString"), std::move(arguments)});
}

std::optional<Node> parse_special(const std::string& name, const Value& operand, int depth) {
  if (name == "$cond") return parse_condition(operand, depth);
  if (name == "$switch") return parse_switch(operand, depth);
  if (name == "$dateToString") return parse_date_to_string(operand, depth);
  if (name == "$ifNull") {
    Node::Children candidates = parse_list(operand, depth + 1);
    if (candidates.size() < 2) fail_expression("$ifNull needs at least two arguments");
    return Node(Node::FirstPresent{std::move(candidates)});
  }
  return std::nullopt;
}

Node parse_text(const std::string& text) {
  if (text == "$$ROOT" || text == "$$CURRENT") return Node(Node::Path{""});
  for (const std::string_view prefix : {"$$ROOT.", "$$CURRENT."}) {
    if (text.starts_with(prefix)) return Node(Node::Path{parse_field_name(text.substr(prefix.size()))});
  }
  if (text.starts_with("$$")) fail_expression(fmt::format("Use of undefined variable: {}", text.substr(2)));
  if (text.starts_with('$')) {
    const bool is_path = text.size() > 1 && !text.ends_with('.') && text.find("..") == std::string::npos;
    const bool is_clean = text.find_first_of("\"'\\;` ", 1) == std::string::npos && text.find('$', 1) == text.npos;
    if (!is_path || !is_clean)
      throw Error(ErrorCode::kInvalidKeyName, fmt::format("Invalid field name: {}", text.substr(1)));
    return Node(Node::Path{parse_field_name(text.substr(1))});
  }
  return Node(Node::Literal{text});
}

Node parse_map(const Object& map, int depth) {
  if (map.size() == 1 && map.begin()->key.starts_with('$'))
    return parse_call(map.begin()->key, map.begin()->value, depth);
  Node::Map node;
  for (const auto& [key, value] : map) {
    if (key.starts_with('$')) fail_expression("an object with an operator must have exactly one field");
    node.keys.push_back(key);
    node.values.push_back(parse_node(value, depth + 1));
  }
  return Node(std::move(node));
}

Node parse_node(const Value& source, int depth) {
  if (depth > kMaxDepth) fail_expression("expression is nested too deep");
  if (const auto* text = source.get_if<std::string>()) return parse_text(*text);
  if (const auto* list = source.get_if<Array>()) return Node(Node::List{parse_list(*list, depth + 1)});
  if (const auto* map = source.get_if<Object>()) return parse_map(*map, depth);
  return Node(Node::Literal{source});
}

}  // namespace

std::optional<Value> Expression::Node::lookup(const std::string& path, const Object& row) {
  if (path.empty()) return row;
  const auto found = values_at(row, path);
  if (found.empty()) return std::nullopt;
  // A path through a list gives a list, unless it names one element.
  if (found.size() == 1) return *found.front();
  Array all;
  for (const Value* value : found) all.push_back(*value);
  return all;
}

std::optional<Value> Expression::Node::choose(const Children& parts, const Object& row) {
  for (std::size_t i = 0; i + 1 < parts.size(); i += 2) {
    if (is_true(parts[i], row)) return parts[i + 1].evaluate(row);
  }
  return parts.back().evaluate(row);
}

std::optional<Value> Expression::Node::evaluate(const Object& row) const {
  using Result = std::optional<Value>;
  return std::visit(overloaded{
                        [](const Literal& n) { return Result(n.value); },
                        [&](const Path& n) { return lookup(n.path, row); },
                        [&](const List& n) {
                          Array list;
                          for (const Node& element : n.elements) list.push_back(value_or_null(element, row));
                          return Result(std::move(list));
                        },
                        [&](const Map& n) {
                          Object map;
                          for (std::size_t i = 0; i < n.keys.size(); ++i) {
                            if (auto value = n.values[i].evaluate(row)) map.set(n.keys[i], std::move(*value));
                          }
                          return Result(std::move(map));
                        },
                        [&](const Call& n) {
                          std::vector<Value> arguments;
                          for (const Node& argument : n.arguments) arguments.push_back(value_or_null(argument, row));
                          return Result(n.op->apply(arguments));
                        },
                        [&](const Condition& n) {
                          return is_true(n.parts[0], row) ? n.parts[1].evaluate(row) : n.parts[2].evaluate(row);
                        },
                        [&](const FirstPresent& n) {
                          for (const Node& candidate : n.candidates) {
                            auto value = candidate.evaluate(row);
                            if (value && !value->is_null()) return value;
                          }
                          return Result(Value());
                        },
                        [&](const Switch& n) { return choose(n.parts, row); },
                    },
                    kind_);
}

Expression Expression::parse(const Value& source) { return Expression(std::make_unique<Node>(parse_node(source, 0))); }

Expression::Expression(std::unique_ptr<Node> node) : node_(std::move(node)) {}
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::~Expression() = default;

std::optional<Value> Expression::evaluate(const Object& row) const { return node_->evaluate(row); }

void fail_expression(std::string message) { throw Error(ErrorCode::kInvalidQuery, std::move(message)); }

}  // namespace parse::query
