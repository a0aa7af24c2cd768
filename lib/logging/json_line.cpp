#include "logging/json_line.h"

#include <fmt/format.h>

#include <charconv>
#include <iterator>

namespace parse::logging {
namespace {

/// Length of the UTF-8 sequence at the start of `text`; zero when it is malformed.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  const std::size_t length = first < 0x80   ? 1
                             : first < 0xC2 ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xC0) != 0x80) return 0;
  if (first == 0xE0 && byte(1) < 0xA0) return 0;
  if (first == 0xED && byte(1) > 0x9F) return 0;
  if (first == 0xF0 && byte(1) < 0x90) return 0;
  if (first == 0xF4 && byte(1) > 0x8F) return 0;
  return length;
}

void append_escape(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(c));
  }
}

void append_string(std::string& out, std::string_view text) {
  out.push_back('"');
  while (!text.empty()) {
    const char c = text.front();
    std::size_t length = sequence_length(text);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
      length = 1;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\') {
      append_escape(out, c);
    } else {
      out.append(text.substr(0, length));
    }
    text.remove_prefix(length);
  }
  out.push_back('"');
}

/// Reads the rest of a line from front to back; one false step spoils it.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  bool skip(std::string_view expected) {
    if (!text_.starts_with(expected)) return false;
    text_.remove_prefix(expected.size());
    return true;
  }

  bool string(std::string& out) {
    if (!skip("\"")) return false;
    while (!text_.empty() && text_.front() != '"') {
      const auto plain = std::min(text_.find_first_of("\"\\"), text_.size());
      out.append(text_.substr(0, plain));
      text_.remove_prefix(plain);
      if (text_.starts_with('\\') && !escape(out)) return false;
    }
    return skip("\"");
  }

  bool done() const { return text_.empty(); }

 private:
  bool escape(std::string& out) {
    if (text_.size() < 2) return false;
    const char kind = text_[1];
    if (kind == 'u') return control(out);
    constexpr std::string_view kNames = "\"\\nrt";
    constexpr std::string_view kChars = "\"\\\n\r\t";
    const auto index = kNames.find(kind);
    if (index == std::string_view::npos) return false;
    out.push_back(kChars[index]);
    text_.remove_prefix(2);
    return true;
  }

  bool control(std::string& out) {
    unsigned code = 0;
    if (text_.size() < 6) return false;
    const auto result = std::from_chars(text_.data() + 2, text_.data() + 6, code, 16);
    if (result.ptr != text_.data() + 6 || code >= 0x20) return false;
    out.push_back(static_cast<char>(code));
    text_.remove_prefix(6);
    return true;
  }

  std::string_view text_;
};

}  // namespace

void append_json_line(std::string& out, std::string_view level, std::string_view message, std::string_view timestamp) {
  out += "{\"level\":";
  append_string(out, level);
  out += ",\"message\":";
  append_string(out, message);
  out += ",\"timestamp\":";
  append_string(out, timestamp);
  out += "}\n";
}

std::optional<LogEntry> read_json_line(std::string_view line) {
  LogEntry entry;
  Cursor cursor(line);
  const bool good = cursor.skip("{\"level\":") && cursor.string(entry.level) && cursor.skip(",\"message\":") &&
                    cursor.string(entry.message) && cursor.skip(",\"timestamp\":") && cursor.string(entry.timestamp) &&
                    cursor.skip("}") && cursor.done();
  if (!good) return std::nullopt;
  return entry;
}

}  // namespace parse::logging
