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

/// A $text term: any of its words, all of its "quoted phrases", none of its -negated words. English stop words count
/// for nothing. Source: MongoDB manual, "$text".
struct TextQuery {
  std::vector<Tokens> phrases;
  Tokens any;
  Tokens none;
};
TextQuery parse_text_query(std::string_view term, const TextTokenizer& tokenizer);
bool matches_text(const TextQuery& query, const Tokens& document);
/// Grows with the share of the document that the query's words take.
double text_score(const TextQuery& query, const Tokens& document);

/// The plain words of a term, each quoted for an FTS5 MATCH and joined by OR: finds at least what the term matches.
/// Empty when there are none.
std::string fts_expression(std::string_view term);

}  // namespace parse::storage::sqlite
