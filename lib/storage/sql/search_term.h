#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parse::storage::sql {

/// A word of a $text term, or words that must follow each other.
struct SearchWord {
  std::string text;
  bool is_phrase = false;
  bool is_negated = false;
  /// The beginning of a word.
  bool is_prefix = false;
};

/// A $text term as alternatives: all words of one must be there, and none of its negated ones. Plain terms mean any
/// word, every "quoted phrase" and no -negated word; terms with operators (`dog & !cat | par:*`) mean what they mean to
/// PostgreSQL, but for parentheses. Sources: MongoDB manual, "$text"; PostgreSQL manual, "to_tsquery".
struct SearchTerm {
  std::vector<std::vector<SearchWord>> any;
};
/// `drops_stop_words`: the stop words of English count for nothing.
SearchTerm parse_search_term(std::string_view term, bool drops_stop_words = true);

}  // namespace parse::storage::sql
