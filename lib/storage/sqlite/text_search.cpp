#include "storage/sqlite/text_search.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "base/error.h"

namespace parse::storage::sqlite {
namespace {

/// The words that PostgreSQL's and MongoDB's English configurations leave out.
constexpr std::array<std::string_view, 127> kStopWords = {
    "a",       "about",  "above",   "after",  "again",  "against",    "all",       "am",        "an",    "and",
    "any",     "are",    "as",      "at",     "be",     "because",    "been",      "before",    "being", "below",
    "between", "both",   "but",     "by",     "can",    "did",        "do",        "does",      "doing", "don",
    "down",    "during", "each",    "few",    "for",    "from",       "further",   "had",       "has",   "have",
    "having",  "he",     "her",     "here",   "hers",   "herself",    "him",       "himself",   "his",   "how",
    "i",       "if",     "in",      "into",   "is",     "it",         "its",       "itself",    "just",  "me",
    "more",    "most",   "my",      "myself", "no",     "nor",        "not",       "now",       "of",    "off",
    "on",      "once",   "only",    "or",     "other",  "our",        "ours",      "ourselves", "out",   "over",
    "own",     "s",      "same",    "she",    "should", "so",         "some",      "such",      "t",     "than",
    "that",    "the",    "their",   "theirs", "them",   "themselves", "then",      "there",     "these", "they",
    "this",    "those",  "through", "to",     "too",    "under",      "until",     "up",        "very",  "was",
    "we",      "were",   "what",    "when",   "where",  "which",      "while",     "who",       "whom",  "why",
    "will",    "with",   "you",     "your",   "yours",  "yourself",   "yourselves"};

bool is_stop_word(std::string_view word) {
  std::string lower;
  for (const char c : word) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return std::find(kStopWords.begin(), kStopWords.end(), lower) != kStopWords.end();
}

struct Word {
  std::string text;
  bool is_phrase = false;
  bool is_negated = false;
};

/// Splits a term at blanks; what stands between double quotes stays together.
std::vector<Word> split_term(std::string_view term) {
  std::vector<Word> words;
  std::size_t at = 0;
  while (at < term.size()) {
    if (term[at] == ' ' || term[at] == '\t' || term[at] == '\n') {
      ++at;
      continue;
    }
    Word word;
    if (term[at] == '-' && at + 1 < term.size()) {
      word.is_negated = true;
      ++at;
    }
    word.is_phrase = term[at] == '"';
    if (word.is_phrase) ++at;
    const std::size_t end = std::min(term.find_first_of(word.is_phrase ? "\"" : " \t\n\"", at), term.size());
    word.text = term.substr(at, end - at);
    at = word.is_phrase ? end + 1 : end;
    words.push_back(std::move(word));
  }
  return words;
}

void append_tokens(Tokens& to, Tokens from) { std::move(from.begin(), from.end(), std::back_inserter(to)); }

bool contains(const Tokens& document, const std::string& token) {
  return std::find(document.begin(), document.end(), token) != document.end();
}

bool contains_phrase(const Tokens& document, const Tokens& phrase) {
  return std::search(document.begin(), document.end(), phrase.begin(), phrase.end()) != document.end();
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
  for (const Word& word : split_term(term)) {
    if (!word.is_phrase && is_stop_word(word.text)) continue;
    Tokens tokens = tokenizer.tokens(word.text);
    if (tokens.empty()) continue;
    if (word.is_negated) {
      append_tokens(query.none, std::move(tokens));
    } else if (word.is_phrase) {
      query.phrases.push_back(std::move(tokens));
    } else {
      append_tokens(query.any, std::move(tokens));
    }
  }
  return query;
}

bool matches_text(const TextQuery& query, const Tokens& document) {
  const auto is_there = [&](const std::string& token) { return contains(document, token); };
  if (std::any_of(query.none.begin(), query.none.end(), is_there)) return false;
  const auto phrase_is_there = [&](const Tokens& phrase) { return contains_phrase(document, phrase); };
  if (!std::all_of(query.phrases.begin(), query.phrases.end(), phrase_is_there)) return false;
  return !query.phrases.empty() || std::any_of(query.any.begin(), query.any.end(), is_there);
}

double text_score(const TextQuery& query, const Tokens& document) {
  Tokens wanted = query.any;
  for (const Tokens& phrase : query.phrases) append_tokens(wanted, phrase);
  double score = 0;
  for (const std::string& token : wanted) {
    const auto count = static_cast<double>(std::count(document.begin(), document.end(), token));
    if (count > 0) score += 0.5 + count / (2 * static_cast<double>(document.size()));
  }
  return score;
}

std::string fts_expression(std::string_view term) {
  std::string expression;
  for (const Word& word : split_term(term)) {
    if (word.is_negated || word.text.empty()) continue;
    if (!word.is_phrase && is_stop_word(word.text)) continue;
    if (!expression.empty()) expression += " OR ";
    expression += '"';
    for (const char c : word.text) {
      if (c == '"') expression += '"';
      expression += c;
    }
    expression += '"';
  }
  return expression;
}

}  // namespace parse::storage::sqlite
