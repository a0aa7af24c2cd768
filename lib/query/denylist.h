#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "object/value.h"
#include "query/regex.h"

namespace parse::query {

/// The option `requestKeywordDenylist`: what no stored payload may contain. Any thread.
class Denylist {
 public:
  /// `rules` are `{"key":k}`, `{"value":v}` or both; text is a regular expression that may match anywhere, as in the
  /// reference. Throws kInvalidQuery (102) for an expression that does not compile.
  explicit Denylist(const object::Array& rules);

  /// Throws kInvalidKeyName (105), quoting the rule, when a key or value anywhere in `payload` matches.
  /// Source: parse-server Utils checkProhibitedKeywords.
  void check(const object::Object& payload) const;

 private:
  /// Matches equal values, and text by expression; a plain word needs no expression.
  struct Pattern {
    object::Value value;
    std::optional<CompiledRegex> regex;
    bool matches(std::string_view text) const;
    bool matches(const object::Value& value) const;
  };
  struct Rule {
    std::optional<Pattern> key;
    std::optional<Pattern> value;
    std::string text;
  };
  static std::optional<Pattern> read_pattern(const object::Object& rule, std::string_view name);
  static bool matches(const Rule& rule, std::string_view key, const object::Value& value);
  bool scan(const Rule& rule, const object::Value& value) const;

  std::vector<Rule> rules_;
};

}  // namespace parse::query
