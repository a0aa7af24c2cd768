#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct fts5_api;
struct Fts5Tokenizer;

namespace parse::storage::sqlite {

/// The words of a text as the text indexes see them: lower case, without accents, stemmed for English.
using Tokens = std::vector<std::string>;

/// FTS5's own tokenizer of one connection, so that a scan and a text index agree on what matches.
class TextTokenizer {
 public:
  /// Throws kInternal (1) when the SQLite library has no FTS5.
  explicit TextTokenizer(sqlite3* db);
  ~TextTokenizer();
  TextTokenizer(const TextTokenizer&) = delete;
  TextTokenizer& operator=(const TextTokenizer&) = delete;

  Tokens tokens(std::string_view text) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Words that must follow each other; the last one may be the beginning of a word.
struct Phrase {
  Tokens tokens;
  bool is_prefix = false;
};
/// All of the first and none of the second.
struct TextClause {
  std::vector<Phrase> all;
  std::vector<Phrase> none;
};
/// A $text term as alternatives. Plain terms mean any word, every "quoted phrase" and no -negated word; terms with
/// operators (`dog & !cat | par:*`) mean what they mean to PostgreSQL, but for parentheses. English stop words count
/// for nothing. Sources: MongoDB manual, "$text"; PostgreSQL manual, "to_tsquery".
struct TextQuery {
  std::vector<TextClause> any;
};
TextQuery parse_text_query(std::string_view term, const TextTokenizer& tokenizer);
bool matches_text(const TextQuery& query, const Tokens& document);
/// PostgreSQL's ts_rank for one weight: grows with the occurrences of the words, whatever the document's length.
double text_score(const TextQuery& query, const Tokens& document);

/// The words of a term, each quoted for an FTS5 MATCH and joined by OR: finds at least what the term matches. Empty
/// when there are none.
std::string fts_expression(std::string_view term);

}  // namespace parse::storage::sqlite
