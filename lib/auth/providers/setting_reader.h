#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "object/value.h"

namespace parse::auth {

/// Reads the options of one provider. What is wrong is collected, each text beginning with the option's name in single
/// quotes, so that all mistakes can be told at once. Throws nothing.
class SettingReader {
 public:
  /// `option` is what the texts name, "auth.google". All references must outlive the reader.
  SettingReader(std::string option, const object::Object& setting, std::vector<std::string>& problems);

  bool has(std::string_view key);
  /// A text that is not empty; "" and a problem when it is missing or something else.
  std::string text(std::string_view key);
  /// As text; nothing, and no problem, when it is missing.
  std::optional<std::string> optional_text(std::string_view key);
  /// A list of texts, at least one, none empty. A single text is a mistake: as a list of characters it would match too
  /// much. Source: GHSA-r657-33vp-gp22.
  std::vector<std::string> texts(std::string_view key);
  /// One text or a list of them.
  std::vector<std::string> text_or_texts(std::string_view key);
  /// false when it is missing.
  bool flag(std::string_view key);
  std::int64_t integer(std::string_view key, std::int64_t fallback, std::int64_t least, std::int64_t most);
  /// An http or https URL; "" and a problem otherwise.
  std::string url(std::string_view key);
  /// The value as it is, or nullptr.
  const object::Value* value(std::string_view key);

  /// The options that nobody asked for yet; from now on they count as known.
  object::Object rest();

  void add_problem(std::string_view text);
  /// Names every key that nobody asked for.
  void refuse_unknown_keys();

  const std::string& option() const { return option_; }
  std::vector<std::string>& problems() { return problems_; }

 private:
  const object::Value* take(std::string_view key);

  std::string option_;
  const object::Object& setting_;
  std::vector<std::string>& problems_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace parse::auth
