#include "storage/sqlite/text_search.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>

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
  bool is_prefix = false;
};

/// A word from the term's text, at `at`, which moves behind it.
Word read_word(std::string_view term, std::size_t& at) {
  Word word;
  if ((term[at] == '-' || term[at] == '!') && at + 1 < term.size()) {
    word.is_negated = true;
    ++at;
  }
  word.is_phrase = term[at] == '"';
  if (word.is_phrase) ++at;
  const std::size_t end = std::min(term.find_first_of(word.is_phrase ? "\"" : " \t\n\"&|", at), term.size());
  word.text = term.substr(at, end - at);
  at = word.is_phrase ? end + 1 : end;
  if (!word.is_phrase && word.text.size() > 2 && word.text.ends_with(":*")) {
    word.is_prefix = true;
    word.text.resize(word.text.size() - 2);
  }
  return word;
}

/// The words of a term; the operators & and | stand between the lists, as in the term.
struct SplitTerm {
  std::vector<std::vector<Word>> alternatives{1};
  bool has_operators = false;
};

SplitTerm split_term(std::string_view term) {
  SplitTerm split;
  for (std::size_t at = 0; at < term.size();) {
    const char c = term[at];
    if (c == '|') split.alternatives.emplace_back();
    if (c == '|' || c == '&') split.has_operators = true;
    if (c == '|' || c == '&' || c == ' ' || c == '\t' || c == '\n') {
      ++at;
      continue;
    }
    Word word = read_word(term, at);
    if (!word.is_phrase && is_stop_word(word.text)) continue;
    split.alternatives.back().push_back(std::move(word));
  }
  return split;
}

TextClause read_clause(const std::vector<Word>& words, const TextTokenizer& tokenizer) {
  TextClause clause;
  for (const Word& word : words) {
    Phrase phrase{tokenizer.tokens(word.text), word.is_prefix};
    if (!phrase.tokens.empty()) (word.is_negated ? clause.none : clause.all).push_back(std::move(phrase));
  }
  return clause;
}

/// The clauses of a term without operators: one for each word, or one for all phrases together.
std::vector<TextClause> plain_clauses(const std::vector<Word>& words, const TextTokenizer& tokenizer) {
  std::vector<Word> phrases;
  std::vector<Word> singles;
  std::vector<Word> negated;
  for (const Word& word : words) (word.is_negated ? negated : word.is_phrase ? phrases : singles).push_back(word);
  std::vector<std::vector<Word>> groups;
  if (!phrases.empty()) {
    groups.push_back(phrases);
  } else {
    for (const Word& word : singles) groups.push_back({word});
  }
  std::vector<TextClause> clauses;
  for (std::vector<Word>& group : groups) {
    group.insert(group.end(), negated.begin(), negated.end());
    clauses.push_back(read_clause(group, tokenizer));
  }
  return clauses;
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
  const SplitTerm split = split_term(term);
  TextQuery query;
  if (!split.has_operators) {
    query.any = plain_clauses(split.alternatives.front(), tokenizer);
  } else {
    for (const std::vector<Word>& words : split.alternatives) query.any.push_back(read_clause(words, tokenizer));
  }
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
  const SplitTerm split = split_term(term);
  for (const std::vector<Word>& words : split.alternatives) {
    for (const Word& word : words) {
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
