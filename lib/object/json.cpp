// The only includer of RapidJSON.
#define RAPIDJSON_SSE2
#include "object/json.h"

#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "base/error.h"
#include "base/utf8.h"
#include "object/wire_types.h"

namespace parse::object {
namespace {

/// RapidJSON events -> Value, with the depth cap and the decoding of `__type`. Members and elements wait on one stack
/// until their container ends and its size is known.
class Reader : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Reader> {
 public:
  /// `has_unicode_escapes`: texts may hold half of a surrogate pair, which this version of the parser lets through.
  explicit Reader(bool has_unicode_escapes) : checks_text_(has_unicode_escapes) { waiting_.reserve(kExpectedWaiting); }

  bool Null() { return put<std::nullptr_t>(nullptr); }
  bool Bool(bool value) { return put<bool>(value); }
  /// Called for every number, as the parser keeps them as text: from_chars is exact, and defined for zeros with
  /// exponents, where RapidJSON's own conversion is not.
  bool RawNumber(const char* text, rapidjson::SizeType length, bool) {
    std::int64_t integer = 0;
    const char* const end = text + length;
    if (const auto read = std::from_chars(text, end, integer); read.ec == std::errc() && read.ptr == end)
      return put<std::int64_t>(integer);
    double number = 0;
    const auto read = std::from_chars(text, end, number);
    // Out of range may be too small, which is zero, or too large, which is refused.
    if (read.ec == std::errc::result_out_of_range) number = std::strtod(std::string(text, length).c_str(), nullptr);
    return std::isfinite(number) && put<double>(number);
  }
  bool String(const char* text, rapidjson::SizeType length, bool) {
    return is_text({text, length}) && put<std::string>(text, length);
  }
  bool Key(const char* text, rapidjson::SizeType length, bool) {
    waiting_.emplace_back().key.assign(text, length);
    return is_text({text, length});
  }
  bool StartObject() { return open(Container::kObject); }
  bool StartArray() { return open(Container::kArray); }
  bool EndObject(rapidjson::SizeType count) {
    const auto first = waiting_.end() - count;
    // Most typed values never become an Object on the way.
    if (auto typed = decode_wire_type({first, waiting_.end()})) {
      close(count);
      return add(std::move(*typed));
    }
    Object object(std::vector<Member>(std::make_move_iterator(first), std::make_move_iterator(waiting_.end())));
    close(count);
    object.keep_last_of_equal_keys();
    return add(std::move(object));
  }
  bool EndArray(rapidjson::SizeType count) {
    Array array;
    array.reserve(count);
    for (auto element = waiting_.end() - count; element != waiting_.end(); ++element)
      array.push_back(std::move(element->value));
    close(count);
    return add(std::move(array));
  }

  Value take() { return std::move(result_); }
  bool too_deep() const { return too_deep_; }

 private:
  static constexpr std::size_t kExpectedWaiting = 64;
  enum class Container : std::uint8_t { kObject, kArray };

  bool is_text(std::string_view text) const { return !checks_text_ || find_invalid_utf8(text) >= text.size(); }
  bool open(Container container) {
    too_deep_ = open_.size() >= kMaxJsonDepth;
    if (!too_deep_) open_.push_back(container);
    return !too_deep_;
  }
  void close(rapidjson::SizeType count) {
    waiting_.resize(waiting_.size() - count);
    open_.pop_back();
  }
  /// Where the value that comes next belongs.
  Value& place() {
    if (open_.empty()) return result_;
    if (open_.back() == Container::kArray) waiting_.emplace_back();
    return waiting_.back().value;
  }
  template <typename T, typename... Arguments>
  bool put(Arguments&&... arguments) {
    place().emplace<T>(std::forward<Arguments>(arguments)...);
    return true;
  }
  bool add(Value value) {
    place() = std::move(value);
    return true;
  }

  std::vector<Container> open_;
  std::vector<Member> waiting_;  // an element of an array has no key
  Value result_;
  bool checks_text_ = false;
  bool too_deep_ = false;
};

bool has_unicode_escapes(std::string_view text) { return text.find("\\u") != std::string_view::npos; }

constexpr std::size_t kBlock = 16;

rapidjson::ParseResult read(std::string_view text, Reader& reader) {
  // The parser recurses, no deeper than the reader lets it.
  constexpr unsigned kFlags = rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag;
  // Checked beforehand, so that strings can be scanned by the block. The parser takes a zero byte for the end.
  const std::size_t bad = std::min(text.find('\0'), find_invalid_utf8(text));
  if (bad < text.size()) return {rapidjson::kParseErrorStringInvalidEncoding, bad};
  // The parser decodes strings in place, and looks at whole blocks of 16 bytes.
  std::string buffer;
  buffer.reserve(text.size() + kBlock);
  buffer.append(text).append(kBlock, '\0');
  rapidjson::InsituStringStream stream(buffer.data());
  rapidjson::Reader parser;
  return parser.Parse<kFlags>(stream, reader);
}

}  // namespace

Value parse_json(std::string_view text) {
  Reader reader(has_unicode_escapes(text));
  const rapidjson::ParseResult result = read(text, reader);
  if (reader.too_deep())
    throw Error(ErrorCode::kInvalidJson, fmt::format("JSON is nested deeper than {} levels", kMaxJsonDepth));
  if (result.IsError()) {
    throw Error(ErrorCode::kInvalidJson, fmt::format("invalid JSON at byte {}: {}", result.Offset(),
                                                     rapidjson::GetParseError_En(result.Code())));
  }
  return reader.take();
}

std::optional<Value> try_parse_json(std::string_view text) {
  Reader reader(has_unicode_escapes(text));
  if (read(text, reader).IsError()) return std::nullopt;
  return reader.take();
}

}  // namespace parse::object
