#pragma once

#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "object/value.h"

namespace parse::object {

/// One rule of `requestKeywordDenylist`: a key, a value, or a member that has both. Texts are regular expressions that
/// match anywhere; other values must be equal.
struct DeniedKeyword {
  std::optional<std::string> key;
  std::optional<Value> value;
};

/// Keywords that no stored payload may hold, at any depth. Built once; `check` is safe from any thread.
class Denylist {
 public:
  Denylist() = default;
  explicit Denylist(const std::vector<DeniedKeyword>& keywords);

  /// Throws kInvalidKeyName (105) "Prohibited keyword in request data: <rule>." Dotted keys are searched as they are.
  /// Source: parse-server Utils checkProhibitedKeywords.
  void check(const Object& payload) const;

 private:
  /// A text that is no pattern is searched as it is: regular expressions are slow, and most rules need none.
  struct TextMatcher {
    explicit TextMatcher(const std::string& pattern);
    bool matches(const std::string& text) const;

    std::string literal;
    std::optional<std::regex> pattern;
  };
  struct Rule {
    std::optional<TextMatcher> key;
    std::optional<Value> value;
    std::optional<TextMatcher> value_text;
    std::string description;

    bool matches(const std::string& name, const Value& content) const;
  };

  void check_value(const Value& value) const;
  void check_member(const std::string& name, const Value& value) const;

  std::vector<Rule> rules_;
};

}  // namespace parse::object
