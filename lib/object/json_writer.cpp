#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include "object/json.h"
#include "object/number_text.h"
#include "object/plain_text.h"

namespace parse::object {
namespace {

/// How many bytes of `text` can be copied as they are.
std::size_t plain_run(std::string_view text) {
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  std::size_t end = 0;
  while (end + kWord <= text.size() && mark_special(load_word(text.data() + end)) == 0) end += kWord;
  while (end < text.size() && is_plain(text[end])) ++end;
  return end;
}

/// Copies a short text, by the word where there is one; the last two may overlap. The end of the copy, or nullptr when
/// something in the text needs an escape.
char* copy_plain(std::string_view text, char* to) {
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  const auto copy_word = [&](std::size_t at) {
    std::memcpy(to + at, text.data() + at, kWord);
    return mark_special(load_word(text.data() + at)) == 0;
  };
  const std::size_t size = text.size();
  if (size < kWord) {
    for (std::size_t at = 0; at < size; ++at) {
      if (!is_plain(text[at])) return nullptr;
      to[at] = text[at];
    }
    return to + size;
  }
  for (std::size_t at = 0; at < size - kWord; at += kWord) {
    if (!copy_word(at)) return nullptr;
  }
  return copy_word(size - kWord) ? to + size : nullptr;
}

/// As JSON.stringify does.
void append_escape(std::string& out, char c) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  constexpr std::string_view kNamed = "\"\\\b\f\n\r\t";
  constexpr std::string_view kNames = "\"\\bfnrt";
  out.push_back('\\');
  if (const std::size_t at = kNamed.find(c); at != std::string_view::npos) {
    out.push_back(kNames[at]);
  } else {
    const auto byte = static_cast<unsigned char>(c);
    out.append("u00").append({kDigits[byte >> 4], kDigits[byte & 15]});
  }
}

/// Quoted, between `lead` and `trail`, which may be empty.
void append_text(std::string& out, std::string_view text, std::string_view lead = {}, std::string_view trail = {}) {
  constexpr std::size_t kShort = 64;
  if (text.size() <= kShort) {
    // Almost every key and value: one append instead of five.
    std::array<char, kShort + 4> piece;  // NOLINT: filled below
    char* end = piece.data();
    if (!lead.empty()) *end++ = lead.front();
    *end++ = '"';
    if (end = copy_plain(text, end); end != nullptr) {
      *end++ = '"';
      if (!trail.empty()) *end++ = trail.front();
      out.append(piece.data(), end);
      return;
    }
  }
  out.append(lead);
  out.push_back('"');
  for (std::size_t run = plain_run(text); run < text.size(); run = plain_run(text)) {
    out.append(text.substr(0, run));
    append_escape(out, text[run]);
    text.remove_prefix(run + 1);
  }
  out.append(text);
  out.push_back('"');
  out.append(trail);
}

/// As encodeURIComponent does.
std::string percent_encode(std::string_view text) {
  constexpr std::string_view kPlain = "-_.!~*'()";
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter_or_digit = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (letter_or_digit || kPlain.find(c) != std::string_view::npos) {
      out.push_back(c);
    } else {
      out.append({'%', kDigits[byte >> 4], kDigits[byte & 15]});
    }
  }
  return out;
}

}  // namespace

/// Puts the commas. What is inside was validated on the way in, so nothing is checked here.
struct JsonWriter::Impl {
  explicit Impl(std::string& text) : out(text) {}

  std::string_view comma() const { return needs_comma ? "," : ""; }
  void next_value() {
    if (needs_comma) out.push_back(',');
    needs_comma = depth > 0;
  }
  void open(char bracket) {
    next_value();
    out.push_back(bracket);
    needs_comma = false;
    ++depth;
  }
  void close(char bracket) {
    out.push_back(bracket);
    --depth;
    needs_comma = depth > 0;
  }
  void key(std::string_view name) {
    append_text(out, name, comma(), ":");
    needs_comma = false;
  }
  void text(std::string_view value) {
    append_text(out, value, comma());
    needs_comma = depth > 0;
  }
  void raw(std::string_view json) {
    next_value();
    out.append(json);
  }
  void number(double value) {
    next_value();
    if (std::isfinite(value)) {
      append_number(out, value);
    } else {
      out.append("null");  // as JSON.stringify does
    }
  }
  void iso(Milliseconds time) {
    next_value();
    out.push_back('"');
    append_iso_date(out, time);
    out.push_back('"');
  }
  /// `beginning` is the map up to its first value.
  void open_typed(std::string_view beginning) {
    raw(beginning);
    needs_comma = false;
    ++depth;
  }

  std::string& out;
  std::string files_url;
  std::size_t depth = 0;
  bool needs_comma = false;
};

JsonWriter::JsonWriter(std::string& out) : impl_(std::make_unique<Impl>(out)) {}
JsonWriter::~JsonWriter() = default;

void JsonWriter::set_files_url(std::string prefix) { impl_->files_url = std::move(prefix); }

void JsonWriter::begin_object() { impl_->open('{'); }
void JsonWriter::key(std::string_view name) { impl_->key(name); }
void JsonWriter::end_object() { impl_->close('}'); }
void JsonWriter::begin_array() { impl_->open('['); }
void JsonWriter::end_array() { impl_->close(']'); }
void JsonWriter::null() { impl_->raw("null"); }
void JsonWriter::boolean(bool value) { impl_->raw(value ? "true" : "false"); }
void JsonWriter::number(double value) { impl_->number(value); }
void JsonWriter::string(std::string_view value) { impl_->text(value); }
void JsonWriter::timestamp(Date value) { impl_->iso(value.time); }
void JsonWriter::encoded_json(std::string_view json) { impl_->raw(json); }

void JsonWriter::integer(std::int64_t value) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  impl_->raw({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void JsonWriter::date(Date value) {
  impl_->open_typed(R"({"__type":"Date","iso":)");
  impl_->iso(value.time);
  impl_->close('}');
}

void JsonWriter::bytes(std::string_view base64) {
  impl_->open_typed(R"({"__type":"Bytes","base64":)");
  impl_->text(base64);
  impl_->close('}');
}

void JsonWriter::file(std::string_view name, std::string_view url) {
  impl_->open_typed(R"({"__type":"File","name":)");
  impl_->text(name);
  if (!url.empty()) {
    impl_->key("url");
    impl_->text(url);
  } else if (!impl_->files_url.empty()) {
    impl_->key("url");
    impl_->text(impl_->files_url + percent_encode(name));
  }
  impl_->close('}');
}

void JsonWriter::geo_point(GeoPoint value) {
  impl_->open_typed(R"({"__type":"GeoPoint","latitude":)");
  impl_->number(value.latitude);
  impl_->key("longitude");
  impl_->number(value.longitude);
  impl_->close('}');
}

void JsonWriter::polygon(const Polygon& value) {
  impl_->open_typed(R"({"__type":"Polygon","coordinates":)");
  impl_->open('[');
  for (const GeoPoint& point : value.points) {
    impl_->open('[');
    impl_->number(point.latitude);
    impl_->number(point.longitude);
    impl_->close(']');
  }
  impl_->close(']');
  impl_->close('}');
}

void JsonWriter::pointer(std::string_view class_name, std::string_view object_id) {
  impl_->open_typed(R"({"__type":"Pointer","className":)");
  impl_->text(class_name);
  impl_->key("objectId");
  impl_->text(object_id);
  impl_->close('}');
}

void JsonWriter::relation(std::string_view class_name) {
  impl_->open_typed(R"({"__type":"Relation","className":)");
  impl_->text(class_name);
  impl_->close('}');
}

std::string to_json(const Value& value) {
  std::string out;
  JsonWriter writer(out);
  emit(value, writer);
  return out;
}

}  // namespace parse::object
