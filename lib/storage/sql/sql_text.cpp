#include "storage/sql/sql_text.h"

#include <iterator>
#include <utility>

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
  text_ += alias;
  text_ += '.';
  return identifier(name);
}

SqlText& SqlText::bind(SqlValue value) {
  text_ += '?';
  values_.push_back(std::move(value));
  return *this;
}

SqlText& SqlText::append(SqlText other) {
  text_ += other.text_;
  std::move(other.values_.begin(), other.values_.end(), std::back_inserter(values_));
  return *this;
}

void SqlText::clear() {
  text_.clear();
  values_.clear();
}

std::string quoted_identifier(std::string_view name) {
  std::string out;
  append_identifier(out, name);
  return out;
}

}  // namespace parse::storage::sql
