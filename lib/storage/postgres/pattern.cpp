#include "storage/postgres/pattern.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <vector>

#include "base/error.h"
#include "query/regex.h"
#include "storage/postgres/pattern_class.h"

namespace parse::storage::postgres {
namespace {

[[noreturn]] void fail_missing(std::string_view what) {
  throw Error(ErrorCode::kInvalidQuery, fmt::format("$regex: {} cannot be used with PostgreSQL", what));
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Goes once through a pattern that PCRE has accepted.
class Translator {
 public:
  Translator(std::string_view pattern, std::string_view options) : pattern_(pattern) { set_options(options, true); }

  std::string run() {
    read_leading_options();
    while (!at_end()) read_item();
    return (ignores_case_ ? "(?i)" : "") + out_;
  }

 private:
  struct Flags {
    bool multi_line = false;
    bool dot_all = false;
    bool extended = false;
  };

  bool at_end() const { return at_ >= pattern_.size(); }
  char here() const { return pattern_[at_]; }
  bool looks_at(std::string_view text) const { return pattern_.substr(at_).starts_with(text); }
  bool skip(std::string_view text) {
    if (!looks_at(text)) return false;
    at_ += text.size();
    return true;
  }
  std::string_view skip_past(std::string_view text) {
    const std::size_t end = std::min(pattern_.find(text, at_), pattern_.size());
    const std::string_view passed = pattern_.substr(at_, end - at_);
    at_ = std::min(end + text.size(), pattern_.size());
    return passed;
  }

  void set_options(std::string_view letters, bool value) {
    for (const char letter : letters) {
      if (letter == 'm') flags_.multi_line = value;
      if (letter == 's') flags_.dot_all = value;
      if (letter == 'x') flags_.extended = value;
      if (letter == 'i') ignores_case_ = value;
    }
  }

  /// `(?imsx-imsx)`, or the same before a colon: the letters as far as they go.
  void read_options() {
    bool value = true;
    const bool before = ignores_case_;
    for (; !at_end() && here() != ')' && here() != ':'; ++at_) {
      if (here() == '-') {
        value = false;
      } else if (std::string_view("imsx").find(here()) == std::string_view::npos) {
        fail_missing(fmt::format("(?{})", here()));
      } else {
        set_options({&pattern_[at_], 1}, value);
      }
    }
    if (ignores_case_ != before && !out_.empty()) fail_missing("an option i for a part of the pattern");
  }

  void read_leading_options() {
    if (looks_at("(*")) fail_missing("(*");
    while (looks_at("(?") && at_ + 2 < pattern_.size() && (is_letter(pattern_[at_ + 2]) || pattern_[at_ + 2] == '-')) {
      const std::size_t close = pattern_.find_first_of("):<", at_ + 2);
      if (close == std::string_view::npos || pattern_[close] != ')' || looks_at("(?P") || looks_at("(?R")) return;
      at_ += 2;
      read_options();
      ++at_;
    }
  }

  void read_item() {
    if (flags_.extended && is_blank(here())) {
      ++at_;
    } else if (flags_.extended && here() == '#') {
      skip_past("\n");
    } else {
      read_plain_item();
    }
  }

  void read_plain_item() {
    const char c = pattern_[at_++];
    switch (c) {
      case '\\':
        return read_escape();
      case '[':
        return read_brackets();
      case '(':
        return read_group();
      case ')':
        if (!groups_.empty()) flags_ = groups_.back();
        if (!groups_.empty()) groups_.pop_back();
        out_ += ')';
        return;
      case '.':
        out_ += flags_.dot_all ? "." : "[^\\n]";
        return;
      case '^':
        out_ += flags_.multi_line ? "(?:^|(?<=\\n))" : "^";
        return;
      case '$':
        return append_end();
      case '{':
        return read_bound();
      case '*':
      case '+':
      case '?':
        return append_quantifier(std::string(1, c));
      case '|':
        out_ += c;
        return;
      default:
        out_ += escaped(c);
    }
  }

  /// Without m also before a line feed that ends the text.
  void append_end() {
    if (flags_.multi_line) {
      out_ += "(?=\\n|$)";
    } else {
      out_ += at_end() ? "\\n?$" : "(?=\\n?$)";
    }
  }

  /// `{2}`, `{2,}` or `{2,3}`; any other brace is one.
  void read_bound() {
    std::size_t end = at_;
    while (end < pattern_.size() && (is_digit(pattern_[end]) || (pattern_[end] == ',' && end > at_))) ++end;
    const std::string_view body = pattern_.substr(at_, end - at_);
    const bool is_bound =
        end < pattern_.size() && pattern_[end] == '}' && !body.empty() && body.find(',') == body.rfind(',');
    if (!is_bound) {
      out_ += "\\{";
      return;
    }
    at_ = end + 1;
    append_quantifier(fmt::format("{{{}}}", body));
  }

  void append_quantifier(const std::string& quantifier) {
    if (looks_at("+")) fail_missing("a possessive quantifier");
    out_ += quantifier;
    if (skip("?")) out_ += '?';
  }

  void read_group() {
    if (looks_at("*")) fail_missing("(*");
    if (!looks_at("?")) return open_group("(");
    if (skip("?#")) {
      skip_past(")");
      return;
    }
    for (const std::string_view same : {"?:", "?=", "?!", "?<=", "?<!"}) {
      if (skip(same)) return open_group(fmt::format("({}", same));
    }
    if (skip("?P<") || skip("?<")) return read_name(">");
    if (skip("?'")) return read_name("'");
    ++at_;
    if (at_end() || (!is_letter(here()) && here() != '-') || here() == 'R' || here() == 'P')
      fail_missing(fmt::format("(?{}", at_end() ? ' ' : here()));
    const Flags before = flags_;
    read_options();
    if (!at_end() && pattern_[at_++] == ')') return;
    groups_.push_back(before);
    out_ += "(?:";
  }

  void read_name(std::string_view end) {
    skip_past(end);
    open_group("(");
  }

  void open_group(std::string_view text) {
    groups_.push_back(flags_);
    out_ += text;
  }

  void read_escape() {
    if (at_end()) return;
    const char c = pattern_[at_++];
    if (c == 'Q') return append_literal(skip_past("\\E"));
    if (c == 'E') return;
    if (c == 'b' || c == 'B') {
      const std::string_view sides =
          c == 'b' ? "(?:(?<=[{0}])(?![{0}])|(?<![{0}])(?=[{0}]))" : "(?:(?<=[{0}])(?=[{0}])|(?<![{0}])(?![{0}]))";
      out_ += fmt::format(fmt::runtime(sides), *class_of_escape('w'));
    } else if (c == 'A') {
      out_ += '^';
    } else if (c == 'z' || c == 'Z') {
      out_ += c == 'z' ? "$" : "(?=\\n?$)";
    } else if (c == 'N') {
      out_ += "[^\\n]";
    } else if (c >= '1' && c <= '9') {
      out_ += {'\\', c};
    } else if (is_letter(c) || is_digit(c)) {
      append_class_or_character(c);
    } else {
      out_ += escaped(c);
    }
  }

  void append_literal(std::string_view text) {
    for (const char c : text) out_ += escaped(c);
  }

  /// An escape that is a set of characters, or one of them.
  void append_class_or_character(char c) {
    const char lower = static_cast<char>(c | 0x20);
    if (const auto members = class_of_escape(lower)) {
      out_ += fmt::format("[{}{}]", c == lower ? "" : "^", *members);
    } else if (c == 'p' || c == 'P') {
      const bool negated = (c == 'P') != looks_at("{^");
      out_ += fmt::format("[{}{}]", negated ? "^" : "", read_property());
    } else {
      out_ += read_character(c);
    }
  }

  std::string_view read_property() {
    std::string_view name = pattern_.substr(at_, 1);
    ++at_;
    if (name == "{") name = skip_past("}");
    if (name.starts_with("^")) name.remove_prefix(1);
    const auto members = class_of_property(name);
    if (!members) fail_missing(fmt::format("the property {}", name));
    return *members;
  }

  /// The character that an escape behind its backslash and `c` stands for.
  std::string read_character(char c) {
    constexpr std::string_view kSame = "aefnrt";
    if (kSame.find(c) != std::string_view::npos) return {'\\', c};
    if (c == 'x') return skip("{") ? code_point(skip_past("}"), 16) : code_point(take_digits(2, 16), 16);
    if (c == 'o' && skip("{")) return code_point(skip_past("}"), 8);
    if (c == '0') return code_point(take_digits(2, 8), 8);
    if (c == 'c' && !at_end()) return code_point_escape(static_cast<unsigned char>(pattern_[at_++]) & 0x1fU);
    fail_missing(fmt::format("\\{}", c));
  }

  std::string_view take_digits(std::size_t most, int base) {
    const std::size_t begin = at_;
    while (!at_end() && at_ - begin < most && (base == 16 ? std::isxdigit(here()) != 0 : here() >= '0' && here() < '8'))
      ++at_;
    return pattern_.substr(begin, at_ - begin);
  }

  static std::string code_point(std::string_view digits, int base) {
    unsigned long value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (value == 0) fail_missing("the character U+0000");
    return code_point_escape(value);
  }

  void read_brackets() {
    out_ += '[';
    if (skip("^")) out_ += '^';
    bool is_first = true;
    bool ends_here = false;  // a class or a range: what follows begins no range
    bool in_range = false;
    for (; !at_end() && (here() != ']' || is_first); is_first = false) {
      if (looks_at("[:")) {
        read_named_class();
        ends_here = true;
      } else if (here() == '-' && is_range_dash(is_first, ends_here)) {
        out_ += pattern_[at_++];
        in_range = true;
      } else {
        ends_here = read_member() || in_range;
        in_range = false;
      }
    }
    ++at_;
    out_ += ']';
  }

  /// A dash between two characters; any other one is itself.
  bool is_range_dash(bool is_first, bool after_end) const {
    if (is_first || after_end || at_ + 1 >= pattern_.size() || pattern_[at_ + 1] == ']') return false;
    constexpr std::string_view kClasses = "dDwWsShHvVpP";
    return pattern_[at_ + 1] != '\\' || at_ + 2 >= pattern_.size() ||
           kClasses.find(pattern_[at_ + 2]) == std::string_view::npos;
  }

  void read_named_class() {
    const std::size_t end = pattern_.find(":]", at_);
    std::string_view name = pattern_.substr(at_ + 2, end - at_ - 2);
    const auto members = class_of_name(name);
    if (end == std::string_view::npos || !members) fail_missing(fmt::format("[:{}:]", name));
    out_ += *members;
    at_ = end + 2;
  }

  /// True when it was a class.
  bool read_member() {
    const char c = pattern_[at_++];
    if (c != '\\' || at_end()) {
      out_ += escaped(c);
      return false;
    }
    const char letter = pattern_[at_++];
    if (letter == 'Q') append_literal(skip_past("\\E"));
    if (letter == 'Q' || letter == 'E') return false;
    return read_member_escape(letter);
  }

  bool read_member_escape(char letter) {
    if (letter == 'p') {
      out_ += read_property();
      return true;
    }
    if (const auto members = class_of_escape(letter)) {
      out_ += *members;
      return true;
    }
    if (letter == 'D' || letter == 'W' || letter == 'S') {
      out_ += {'\\', letter};
      return true;
    }
    if (letter == 'b') {
      out_ += "\\u0008";
    } else {
      out_ += is_letter(letter) || is_digit(letter) ? read_character(letter) : escaped(letter);
    }
    return false;
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  std::string out_;
  Flags flags_;
  bool ignores_case_ = false;
  /// What was set where each open group began.
  std::vector<Flags> groups_;
};

}  // namespace

std::string translate_pattern(std::string_view pattern, std::string_view options) {
  query::check_regex(pattern, options);
  return Translator(pattern, options).run();
}

}  // namespace parse::storage::postgres
