#include "storage/sql/sql_text.h"

#include <fmt/format.h>

#include <iterator>
#include <utility>

#include "base/error.h"
#include "base/overloaded.h"

namespace parse::storage::sql {
namespace {

void append_identifier(std::string& out, std::string_view name) {
  out += '"';
  for (const char c : name) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_text_literal(std::string& out, std::string_view text) {
  out += '\'';
  for (const char c : text) {
    if (c == '\'') out += '\'';
    out += c;
  }
  out += '\'';
}

void append_literal(std::string& out, const SqlValue& value) {
  std::visit(
      overloaded{
          [&](std::nullptr_t) { out += "NULL"; },
          [&](std::int64_t v) { out += fmt::format("{}", v); },
          [&](double v) { out += fmt::format("{}", v); },
          [&](const std::string& v) { append_text_literal(out, v); },
          [&](std::string_view v) { append_text_literal(out, v); },
          [&](const Opaque&) { throw Error(ErrorCode::kInvalidQuery, "this constraint cannot be part of an index"); },
      },
      value);
}

}  // namespace

SqlText& SqlText::raw(std::string_view sql) {
  text_ += sql;
  return *this;
}

SqlText& SqlText::identifier(std::string_view name) {
  append_identifier(text_, name);
  return *this;
}

SqlText& SqlText::column(std::string_view alias, std::string_view name) {
  if (!alias.empty()) {
    text_ += alias;
    text_ += '.';
  }
  return identifier(name);
}

SqlText& SqlText::bind(SqlValue value) {
  if (kept_ == Values::kInText) {
    append_literal(text_, value);
    return *this;
  }
  values_.push_back(std::move(value));
  append_placeholder();
  return *this;
}

void SqlText::append_placeholder() {
  placeholders_.push_back(text_.size());
  if (kept_ == Values::kNumbered) {
    text_ += '$';
    text_ += std::to_string(placeholders_.size());
  } else {
    text_ += '?';
  }
}

SqlText& SqlText::literal(const SqlValue& value) {
  append_literal(text_, value);
  return *this;
}

SqlText& SqlText::append(SqlText other) {
  std::string_view rest = other.text_;
  std::size_t taken = 0;
  for (std::size_t i = 0; i < other.placeholders_.size(); ++i) {
    const std::size_t place = other.placeholders_[i];
    text_ += rest.substr(taken, place - taken);
    append_placeholder();
    taken = place + (other.kept_ == Values::kNumbered ? 1 + std::to_string(i + 1).size() : 1);
  }
  text_ += rest.substr(taken);
  std::move(other.values_.begin(), other.values_.end(), std::back_inserter(values_));
  return *this;
}

void SqlText::clear() {
  text_.clear();
  placeholders_.clear();
  values_.clear();
}

std::string quoted_identifier(std::string_view name) {
  std::string out;
  append_identifier(out, name);
  return out;
}

}  // namespace parse::storage::sql
