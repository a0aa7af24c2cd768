#include <algorithm>
#include <array>

#include "storage/postgres/postgres_where.h"
#include "storage/sql/search_term.h"

namespace parse::storage::postgres {
namespace {

constexpr std::string_view kDefaultLanguage = "english";
/// The configurations that every PostgreSQL of our time has.
constexpr std::array<std::string_view, 23> kLanguages = {
    "simple",     "arabic",    "danish",     "dutch",   "english", "finnish",    "french", "german",
    "greek",      "hungarian", "indonesian", "irish",   "italian", "lithuanian", "nepali", "norwegian",
    "portuguese", "romanian",  "russian",    "spanish", "swedish", "tamil",      "turkish"};

/// Part of the statement's text, as it is of an index: one of ours, never what came from outside.
std::string_view language_of(const query::TextSearch& search) {
  if (!search.language) return kDefaultLanguage;
  const auto* const found = std::find(kLanguages.begin(), kLanguages.end(), *search.language);
  return found == kLanguages.end() ? kDefaultLanguage : *found;
}

void append_lexemes(std::string& out, const sql::SearchWord& word) {
  out += word.is_negated ? "!'" : "'";
  for (const char c : word.text) {
    if (c == '\'' || c == '\\') out += c;
    out += c;
  }
  out += word.is_prefix ? "':*" : "'";
}

/// One alternative, or nothing when it asks for no word.
std::string clause_text(const std::vector<sql::SearchWord>& words) {
  std::string text;
  bool asks = false;
  for (const sql::SearchWord& word : words) {
    if (word.text.empty()) continue;
    text += text.empty() ? "(" : " & ";
    append_lexemes(text, word);
    asks = asks || !word.is_negated;
  }
  return asks ? text + ")" : std::string();
}

/// The operand of to_tsquery. Every word is quoted, so that nothing in it is an operator: quoted words that are several
/// to PostgreSQL follow each other.
std::string tsquery_text(const query::TextSearch& search) {
  std::string text;
  const bool is_english = language_of(search) == kDefaultLanguage;
  for (const std::vector<sql::SearchWord>& words : sql::parse_search_term(search.term, is_english).any) {
    const std::string clause = clause_text(words);
    if (!clause.empty()) text += (text.empty() ? "" : " | ") + clause;
  }
  return text;
}

}  // namespace

void PostgresWhere::append_text(const Target& target, const query::TextSearch& search) {
  if (target.field->type.kind != schema::FieldKind::kString) {
    out().raw("FALSE");
    return;
  }
  append_document(target, search);
  out().raw(" @@ ");
  append_text_query(search);
}

void PostgresWhere::append_text_score(const Target& target, const query::TextSearch& search) {
  if (target.field->type.kind != schema::FieldKind::kString) {
    out().raw("NULL::real");
    return;
  }
  constexpr std::string_view kBelowOne = ", 32)";  // rank / (rank + 1)
  out().raw("ts_rank_cd(");
  append_document(target, search);
  out().raw(", ");
  append_text_query(search);
  out().raw(kBelowOne);
}

/// As a text index spells it.
void PostgresWhere::append_document(const Target& target, const query::TextSearch& search) {
  out().raw("to_tsvector(").literal(language_of(search)).raw("::regconfig, ");
  column(target).raw(")");
}

void PostgresWhere::append_text_query(const query::TextSearch& search) {
  out().raw("to_tsquery(").literal(language_of(search)).raw("::regconfig, ").bind(tsquery_text(search)).raw(")");
}

}  // namespace parse::storage::postgres
