#include "object/value.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/error.h"
#include "base/overloaded.h"

namespace parse::object {

Object::Object() = default;
Object::Object(std::initializer_list<Member> members) : members_(members) {}
Object::Object(std::vector<Member> members) : members_(std::move(members)) {}
Object::Object(const Object&) = default;
Object::Object(Object&&) noexcept = default;
Object& Object::operator=(const Object&) = default;
Object& Object::operator=(Object&&) noexcept = default;
Object::~Object() = default;

const Value* Object::find(std::string_view key) const {
  for (const Member& member : members_) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

Value* Object::find(std::string_view key) { return const_cast<Value*>(std::as_const(*this).find(key)); }

const Value& Object::at(std::string_view key) const {
  const Value* found = find(key);
  if (found == nullptr) throw Error(ErrorCode::kInvalidJson, fmt::format("{} is missing", key));
  return *found;
}

Value& Object::set(std::string_view key, Value value) {
  if (Value* old = find(key)) {
    *old = std::move(value);
    return *old;
  }
  return append(std::string(key), std::move(value));
}

Value& Object::append(std::string key, Value value) {
  Member& member = members_.emplace_back();
  member.key = std::move(key);
  member.value = std::move(value);
  return member.value;
}

bool Object::erase(std::string_view key) {
  const auto found = std::find_if(members_.begin(), members_.end(), [&](const Member& m) { return m.key == key; });
  if (found == members_.end()) return false;
  members_.erase(found);
  return true;
}

namespace {

/// Comparing is faster than hashing as long as there are few.
constexpr std::size_t kFewMembers = 24;

/// One bit of 64. Equal keys have the same, different ones mostly different ones.
std::uint64_t bit_of(std::string_view key) {
  if (key.empty()) return 1;
  const auto byte = [](char c) { return static_cast<unsigned char>(c); };
  return std::uint64_t{1} << ((key.size() * 7 + byte(key.front()) * 5 + byte(key.back())) % 64);
}

bool has_equal_keys(const std::vector<Member>& few) {
  std::uint64_t seen = 0;
  for (auto member = few.begin(); member != few.end(); ++member) {
    const std::uint64_t bit = bit_of(member->key);
    const auto is_same = [&](const Member& before) { return before.key == member->key; };
    if ((seen & bit) != 0 && std::any_of(few.begin(), member, is_same)) return true;
    seen |= bit;
  }
  return false;
}

}  // namespace

void Object::keep_last_of_equal_keys() {
  if (members_.size() <= kFewMembers && !has_equal_keys(members_)) return;
  std::unordered_map<std::string_view, std::size_t> first_place;
  std::vector<bool> repeated(members_.size(), false);
  bool any = false;
  for (std::size_t i = 0; i < members_.size(); ++i) {
    const auto [place, is_new] = first_place.try_emplace(members_[i].key, i);
    if (is_new) continue;
    members_[place->second].value = std::move(members_[i].value);
    repeated[i] = any = true;
  }
  if (!any) return;
  std::vector<Member> kept;
  for (std::size_t i = 0; i < members_.size(); ++i) {
    if (!repeated[i]) kept.push_back(std::move(members_[i]));
  }
  members_ = std::move(kept);
}

void Object::clear() { members_.clear(); }
void Object::reserve(std::size_t count) { members_.reserve(count); }
std::size_t Object::size() const { return members_.size(); }
std::vector<Member>::const_iterator Object::begin() const { return members_.begin(); }
std::vector<Member>::const_iterator Object::end() const { return members_.end(); }
std::vector<Member>::iterator Object::begin() { return members_.begin(); }
std::vector<Member>::iterator Object::end() { return members_.end(); }

bool operator==(const Object& left, const Object& right) {
  if (left.size() != right.size()) return false;
  // Mostly the order is the same too; searching each key costs the square of their number.
  const auto same = [](const Member& a, const Member& b) { return a.key == b.key && a.value == b.value; };
  const auto [first, second] = std::mismatch(left.begin(), left.end(), right.begin(), same);
  if (first == left.end() || first->key == second->key) return first == left.end();
  return std::all_of(left.begin(), left.end(), [&](const Member& member) {
    const Value* other = right.find(member.key);
    return other != nullptr && *other == member.value;
  });
}

double Value::number() const {
  if (const auto* integer = get_if<std::int64_t>()) return static_cast<double>(*integer);
  return as<double>();
}

bool Value::truthy() const {
  return std::visit(overloaded{
                        [](std::nullptr_t) { return false; },
                        [](bool value) { return value; },
                        [](std::int64_t value) { return value != 0; },
                        [](double value) { return value != 0 && !std::isnan(value); },
                        [](const std::string& value) { return !value.empty(); },
                        [](const auto&) { return true; },
                    },
                    data_);
}

std::string_view Value::json_type() const {
  return std::visit(overloaded{
                        [](std::nullptr_t) { return "null"; },
                        [](bool) { return "boolean"; },
                        [](std::int64_t) { return "number"; },
                        [](double) { return "number"; },
                        [](const std::string&) { return "string"; },
                        [](const Array&) { return "array"; },
                        [](const auto&) { return "object"; },
                    },
                    data_);
}

bool operator==(const Value& left, const Value& right) {
  if (left.is_number() && right.is_number()) {
    const auto* a = left.get_if<std::int64_t>();
    const auto* b = right.get_if<std::int64_t>();
    return a && b ? *a == *b : left.number() == right.number();
  }
  return left.data_ == right.data_;
}

void Value::throw_wrong_type(const Value& value) {
  throw Error(ErrorCode::kIncorrectType, fmt::format("unexpected value of type {}", value.json_type()));
}

}  // namespace parse::object
