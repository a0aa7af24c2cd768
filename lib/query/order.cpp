#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "query/find_options.h"
#include "schema/names.h"

namespace parse::query {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

/// "authData.<provider>.id": sorting by it would tell ids of other people.
bool is_auth_id(std::string_view path) {
  constexpr std::string_view kPrefix = "authData.";
  if (!path.starts_with(kPrefix) || !path.ends_with(".id")) return false;
  return std::count(path.begin(), path.end(), '.') == 2;
}

void check_path(std::string_view path, std::string_view class_name) {
  if (is_auth_id(path)) throw Error(ErrorCode::kInvalidKeyName, fmt::format("Cannot sort by {}", path));
  const auto in_path = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  };
  if (!schema::is_valid_field_name(schema::root_field(path), class_name) ||
      !std::all_of(path.begin(), path.end(), in_path))
    throw Error(ErrorCode::kInvalidKeyName, fmt::format("Invalid field name: {}.", path));
}

OrderTerm read_term(std::string_view text) {
  OrderTerm term;
  if (text == "$score" || text == "-$score") {
    term.path = "score";
    term.descending = true;
    term.is_text_score = true;
    return term;
  }
  term.descending = text.starts_with('-');
  if (term.descending) text.remove_prefix(1);
  if (text == "_created_at") text = "createdAt";
  if (text == "_updated_at") text = "updatedAt";
  term.path = text;
  return term;
}

void add_term(std::vector<OrderTerm>& terms, OrderTerm term) {
  const auto same = [&](const OrderTerm& other) { return other.path == term.path; };
  const auto found = std::find_if(terms.begin(), terms.end(), same);
  // Asked twice, the first one's place and the last one's direction hold.
  if (found == terms.end()) {
    terms.push_back(std::move(term));
  } else {
    *found = std::move(term);
  }
}

}  // namespace

std::vector<OrderTerm> parse_order(const std::string& order, const std::string& class_name,
                                   const schema::ClassSchema* class_schema) {
  std::vector<OrderTerm> terms;
  if (order.empty()) return terms;
  std::string_view rest = order;
  for (bool more = true; more;) {
    const std::size_t comma = rest.find(',');
    more = comma != std::string_view::npos;
    OrderTerm term = read_term(trimmed(rest.substr(0, comma)));
    if (more) rest.remove_prefix(comma + 1);
    if (!term.is_text_score) {
      check_path(term.path, class_name);
      const std::string_view root = schema::root_field(term.path);
      if (class_schema == nullptr || class_schema->find_field(root) == nullptr || root == "ACL") continue;
    }
    add_term(terms, std::move(term));
  }
  return terms;
}

}  // namespace parse::query
