#include "storage/sql/search_term.h"

#include <algorithm>
#include <array>

namespace parse::storage::sql {
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

/// A word from the term's text, at `at`, which moves behind it.
SearchWord read_word(std::string_view term, std::size_t& at) {
  SearchWord word;
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
  std::vector<std::vector<SearchWord>> alternatives{1};
  bool has_operators = false;
};

SplitTerm split_term(std::string_view term, bool drops_stop_words) {
  SplitTerm split;
  for (std::size_t at = 0; at < term.size();) {
    const char c = term[at];
    if (c == '|') split.alternatives.emplace_back();
    if (c == '|' || c == '&') split.has_operators = true;
    if (c == '|' || c == '&' || c == ' ' || c == '\t' || c == '\n') {
      ++at;
      continue;
    }
    SearchWord word = read_word(term, at);
    if (drops_stop_words && !word.is_phrase && is_stop_word(word.text)) continue;
    split.alternatives.back().push_back(std::move(word));
  }
  return split;
}

/// The alternatives of a term without operators: each word, or all phrases together.
std::vector<std::vector<SearchWord>> plain_alternatives(const std::vector<SearchWord>& words) {
  std::vector<SearchWord> phrases;
  std::vector<std::vector<SearchWord>> alternatives;
  std::vector<SearchWord> negated;
  for (const SearchWord& word : words) {
    if (word.is_negated) {
      negated.push_back(word);
    } else if (word.is_phrase) {
      phrases.push_back(word);
    } else {
      alternatives.push_back({word});
    }
  }
  if (!phrases.empty()) alternatives = {phrases};
  for (std::vector<SearchWord>& words_of_one : alternatives)
    words_of_one.insert(words_of_one.end(), negated.begin(), negated.end());
  return alternatives;
}

}  // namespace

SearchTerm parse_search_term(std::string_view term, bool drops_stop_words) {
  SplitTerm split = split_term(term, drops_stop_words);
  if (!split.has_operators) return {plain_alternatives(split.alternatives.front())};
  return {std::move(split.alternatives)};
}

}  // namespace parse::storage::sql
