#include "storage/sqlite/text_search.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "storage/sql/search_term.h"

namespace parse::storage::sqlite {
namespace {

TextClause read_clause(const std::vector<sql::SearchWord>& words, const TextTokenizer& tokenizer) {
  TextClause clause;
  for (const sql::SearchWord& word : words) {
    Phrase phrase{tokenizer.tokens(word.text), word.is_prefix};
    if (!phrase.tokens.empty()) (word.is_negated ? clause.none : clause.all).push_back(std::move(phrase));
  }
  return clause;
}

std::size_t occurrences(const Tokens& document, const Phrase& phrase) {
  std::size_t count = 0;
  const std::size_t size = phrase.tokens.size();
  for (std::size_t at = 0; at + size <= document.size(); ++at) {
    const auto same = [&](std::size_t i) {
      const bool is_open = phrase.is_prefix && i + 1 == size;
      return is_open ? document[at + i].starts_with(phrase.tokens[i]) : document[at + i] == phrase.tokens[i];
    };
    std::size_t i = 0;
    while (i < size && same(i)) ++i;
    if (i == size) ++count;
  }
  return count;
}

bool matches_clause(const TextClause& clause, const Tokens& document) {
  const auto is_there = [&](const Phrase& phrase) { return occurrences(document, phrase) > 0; };
  return !clause.all.empty() && std::all_of(clause.all.begin(), clause.all.end(), is_there) &&
         std::none_of(clause.none.begin(), clause.none.end(), is_there);
}

/// What ts_rank gives for a word that occurs `count` times.
double rank_of(std::size_t count) {
  double rank = 0;
  for (std::size_t i = 1; i <= count; ++i) rank += 0.1 / static_cast<double>(i * i);
  return rank / 1.64493406685;
}

fts5_api* find_api(sqlite3* db) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, nullptr) != SQLITE_OK) return nullptr;
  sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", nullptr);
  sqlite3_step(statement);
  sqlite3_finalize(statement);
  return api;
}

int collect_token(void* context, int, const char* token, int size, int, int) {
  static_cast<Tokens*>(context)->emplace_back(token, static_cast<std::size_t>(size));
  return SQLITE_OK;
}

}  // namespace

struct TextTokenizer::Impl {
  fts5_tokenizer functions{};
  Fts5Tokenizer* tokenizer = nullptr;
};

TextTokenizer::TextTokenizer(sqlite3* db) : impl_(std::make_unique<Impl>()) {
  fts5_api* api = find_api(db);
  void* user_data = nullptr;
  std::array<const char*, 1> arguments = {"unicode61"};
  if (api == nullptr || api->xFindTokenizer(api, "porter", &user_data, &impl_->functions) != SQLITE_OK ||
      impl_->functions.xCreate(user_data, arguments.data(), 1, &impl_->tokenizer) != SQLITE_OK)
    throw Error(ErrorCode::kInternal, "Internal server error.", "the SQLite library has no FTS5 porter tokenizer");
}

TextTokenizer::~TextTokenizer() { impl_->functions.xDelete(impl_->tokenizer); }

Tokens TextTokenizer::tokens(std::string_view text) const {
  Tokens tokens;
  impl_->functions.xTokenize(impl_->tokenizer, &tokens, FTS5_TOKENIZE_DOCUMENT, text.data(),
                             static_cast<int>(text.size()), collect_token);
  return tokens;
}

TextQuery parse_text_query(std::string_view term, const TextTokenizer& tokenizer) {
  TextQuery query;
  for (const std::vector<sql::SearchWord>& words : sql::parse_search_term(term).any)
    query.any.push_back(read_clause(words, tokenizer));
  return query;
}

bool matches_text(const TextQuery& query, const Tokens& document) {
  return std::any_of(query.any.begin(), query.any.end(),
                     [&](const TextClause& clause) { return matches_clause(clause, document); });
}

double text_score(const TextQuery& query, const Tokens& document) {
  double score = 0;
  std::size_t phrases = 0;
  for (const TextClause& clause : query.any) {
    for (const Phrase& phrase : clause.all) score += rank_of(occurrences(document, phrase));
    phrases += clause.all.size();
  }
  return phrases == 0 ? 0 : score / static_cast<double>(phrases);
}

std::string fts_expression(std::string_view term) {
  std::string expression;
  for (const std::vector<sql::SearchWord>& words : sql::parse_search_term(term).any) {
    for (const sql::SearchWord& word : words) {
      if (word.is_negated || word.text.empty()) continue;
      if (!expression.empty()) expression += " OR ";
      expression += '"';
      expression += word.text;
      expression += word.is_prefix ? "\"*" : "\"";
    }
  }
  return expression;
}

}  // namespace parse::storage::sqlite
