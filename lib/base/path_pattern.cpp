#include "base/path_pattern.h"

#include <cctype>

#include "base/error.h"

namespace parse {
namespace {

[[noreturn]] void refuse(const std::string& reason, std::size_t at) {
  throw Error(ErrorCode::kInvalidValue, reason + " at position " + std::to_string(at));
}

bool is_name_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$'; }

/// Reads a pattern from left to right.
class PatternReader {
 public:
  explicit PatternReader(std::string_view pattern) : pattern_(pattern) {}

  std::string read() {
    while (at_ < pattern_.size()) step();
    if (depth_ > 0) refuse("a { is not closed", at_);
    return "^(?:" + regex_ + ")/?$";
  }

 private:
  void step() {
    const char c = pattern_[at_];
    switch (c) {
      case ':':
        take_name();
        regex_ += "[^/]+";
        return;
      case '*':
        take_name();
        regex_ += ".+";
        return;
      case '{':
        ++depth_;
        regex_ += "(?:";
        break;
      case '}':
        if (depth_-- == 0) refuse("a } without its {", at_);
        regex_ += ")?";
        break;
      case '\\':
        if (++at_ == pattern_.size()) refuse("a backslash with nothing behind it", at_);
        literal(pattern_[at_]);
        break;
      case '(':
      case ')':
      case '[':
      case ']':
      case '+':
      case '?':
      case '!':
        refuse(std::string("unexpected ") + c, at_);
      default:
        literal(c);
    }
    ++at_;
  }

  void literal(char c) {
    if (!is_name_char(c) || c == '$') regex_ += '\\';
    regex_ += c;
  }

  /// A parameter needs a name, though nothing here asks for it by that name.
  void take_name() {
    const std::size_t start = ++at_;
    if (start < pattern_.size() && pattern_[start] == '"') {
      const std::size_t end = pattern_.find('"', start + 1);
      if (end == std::string_view::npos || end == start + 1) refuse("a quoted name is not complete", start);
      at_ = end + 1;
      return;
    }
    while (at_ < pattern_.size() && is_name_char(pattern_[at_])) ++at_;
    if (at_ == start || std::isdigit(static_cast<unsigned char>(pattern_[start])) != 0)
      refuse("a parameter without a name", start);
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::string regex_;
};

}  // namespace

std::string path_pattern_regex(std::string_view pattern) { return PatternReader(pattern).read(); }

}  // namespace parse
