// The only includer of RapidJSON.
#include "object/json.h"

#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "base/error.h"
#include "base/utf8.h"
#include "object/plain_text.h"
#include "object/wire_types.h"

namespace parse::object {

/// The text for the parser, which decodes strings in place. A byte stands before it, zeros behind it.
class TextStream {
 public:
  using Ch = char;
  static constexpr std::size_t kBefore = 1;
  static constexpr std::size_t kBehind = 16;

  explicit TextStream(char* text) : from_(text), start_(text) {}
  char Peek() const { return *from_; }
  char Take() { return *from_++; }
  std::size_t Tell() const { return static_cast<std::size_t>(from_ - start_); }
  /// A text or a number begins here. What is plain at the beginning of a text, which mostly is all of it, stays where
  /// it is and needs no look at each byte.
  char* PutBegin() {
    char* const begin = from_;
    if (from_[-1] == '"') from_ += find_special(from_) - from_;
    to_ = from_;
    return begin;
  }
  void Put(char c) { *to_++ = c; }
  std::size_t PutEnd(const char* begin) const { return static_cast<std::size_t>(to_ - begin); }
  void Flush() {}

 private:
  char* from_;
  char* to_ = nullptr;
  char* start_;
};

}  // namespace parse::object

/// The parser may keep the stream in registers.
template <>
struct rapidjson::StreamTraits<parse::object::TextStream> {
  enum { copyOptimization = 1 };
};

namespace parse::object {
namespace {

/// RapidJSON events -> Value, with the depth cap and the decoding of `__type`. Each open container is filled where it
/// stays: its members never move again when it has the size of the one before it, as the objects of a page have.
class Reader : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Reader> {
 public:
  /// `has_unicode_escapes`: texts may hold half of a surrogate pair, which this version of the parser lets through.
  explicit Reader(bool has_unicode_escapes) : checks_text_(has_unicode_escapes) { levels_.reserve(kExpectedDepth); }

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
    innermost().members.emplace_back().key.assign(text, length);
    return is_text({text, length});
  }
  bool StartObject() { return open(Container::kObject); }
  bool StartArray() { return open(Container::kArray); }
  bool EndObject(rapidjson::SizeType) {
    Level& level = close();
    // Most typed values never become an Object on the way.
    if (auto typed = decode_wire_type(level.members)) {
      level.members.clear();
      return add(std::move(*typed));
    }
    Object object(take(level.members, level.expected_members));
    object.keep_last_of_equal_keys();
    return put<Object>(std::move(object));
  }
  bool EndArray(rapidjson::SizeType) {
    Level& level = close();
    return put<Array>(take(level.elements, level.expected_elements));
  }

  Value take() { return std::move(result_); }
  bool too_deep() const { return too_deep_; }

 private:
  static constexpr std::size_t kExpectedDepth = 8;
  /// So that one large container does not make every small one after it dear.
  static constexpr std::size_t kMostExpected = 32;
  enum class Container : std::uint8_t { kObject, kArray };
  /// A container that is open; when closed, what the next one at this depth will probably need.
  struct Level {
    Container container = Container::kObject;
    std::vector<Member> members;
    std::vector<Value> elements;
    std::size_t expected_members = 0;
    std::size_t expected_elements = 0;
  };

  bool is_text(std::string_view text) const { return !checks_text_ || find_invalid_utf8(text) >= text.size(); }
  Level& innermost() { return levels_[depth_ - 1]; }
  bool open(Container container) {
    too_deep_ = depth_ >= kMaxJsonDepth;
    if (too_deep_) return false;
    if (depth_ == levels_.size()) levels_.emplace_back();
    ++depth_;
    Level& level = innermost();
    level.container = container;
    if (container == Container::kObject) {
      level.members.reserve(level.expected_members);
    } else {
      level.elements.reserve(level.expected_elements);
    }
    return true;
  }
  Level& close() { return levels_[--depth_]; }
  template <typename T>
  static std::vector<T> take(std::vector<T>& filled, std::size_t& expected) {
    expected = std::min(std::max(expected, filled.size()), kMostExpected);
    if (filled.capacity() > 2 * filled.size()) filled.shrink_to_fit();
    return std::exchange(filled, {});
  }
  /// Where the value that comes next belongs.
  Value& place() {
    if (depth_ == 0) return result_;
    Level& level = innermost();
    return level.container == Container::kArray ? level.elements.emplace_back() : level.members.back().value;
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

  std::vector<Level> levels_;  // the first `depth_` of them are open
  std::size_t depth_ = 0;
  Value result_;
  bool checks_text_ = false;
  bool too_deep_ = false;
};

bool has_unicode_escapes(std::string_view text) { return text.find("\\u") != std::string_view::npos; }

rapidjson::ParseResult read(std::string_view text, Reader& reader) {
  // The parser recurses, no deeper than the reader lets it.
  constexpr unsigned kFlags = rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag;
  // Checked beforehand, so that strings can be scanned by the word. The parser takes a zero byte for the end.
  const std::size_t bad = std::min(text.find('\0'), find_invalid_utf8(text));
  if (bad < text.size()) return {rapidjson::kParseErrorStringInvalidEncoding, bad};
  std::string buffer;
  buffer.reserve(TextStream::kBefore + text.size() + TextStream::kBehind);
  buffer.append(TextStream::kBefore, ' ').append(text).append(TextStream::kBehind, '\0');
  TextStream stream(buffer.data() + TextStream::kBefore);
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
