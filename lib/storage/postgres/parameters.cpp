#include "storage/postgres/parameters.h"

#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "base/overloaded.h"

namespace parse::storage::postgres {
namespace {

std::string number_text(double value) {
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  return fmt::format("{}", value);
}

std::string checked(std::string_view text) {
  if (text.find('\0') != std::string_view::npos)
    throw Error(ErrorCode::kInvalidJson, "A text cannot hold the character U+0000.");
  return std::string(text);
}

}  // namespace

Parameters::Parameters(const std::vector<sql::SqlValue>& values) {
  texts_.reserve(values.size());
  pointers_.reserve(values.size());
  lengths_.assign(values.size(), 0);
  formats_.assign(values.size(), 0);
  const auto add = [&](std::string text) { pointers_.push_back(texts_.emplace_back(std::move(text)).c_str()); };
  for (const sql::SqlValue& value : values) {
    std::visit(overloaded{
                   [&](std::nullptr_t) { pointers_.push_back(nullptr); },
                   [&](std::int64_t v) { add(std::to_string(v)); },
                   [&](double v) { add(number_text(v)); },
                   [&](const std::string& v) {
                     if (v.find('\0') != std::string::npos) checked(v);
                     pointers_.push_back(v.c_str());
                   },
                   [&](std::string_view v) { add(checked(v)); },
                   [&](const sql::Opaque&) {
                     throw Error(ErrorCode::kInternal, "Internal server error.",
                                 "an opaque value is not for PostgreSQL");
                   },
               },
               value);
  }
}

std::string array_literal(const std::vector<std::string>& texts) {
  std::string out = "{";
  for (const std::string& text : texts) {
    if (out.size() > 1) out += ',';
    out += '"';
    for (const char c : text) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  return out + "}";
}

}  // namespace parse::storage::postgres
