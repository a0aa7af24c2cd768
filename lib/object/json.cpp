// The only includer of RapidJSON.
#define RAPIDJSON_SSE2
#include "object/json.h"

#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "base/error.h"
#include "base/utf8.h"
#include "object/number_text.h"
#include "object/wire_types.h"

namespace parse::object {
namespace {

/// RapidJSON events -> Value, with the depth cap and the decoding of `__type`. Members and elements wait on one stack
/// until their container ends and its size is known.
class Reader : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Reader> {
 public:
  bool Null() { return add(nullptr); }
  bool Bool(bool value) { return add(value); }
  /// Called for every number, as the parser keeps them as text: from_chars is exact, and defined for zeros with
  /// exponents, where RapidJSON's own conversion is not.
  bool RawNumber(const char* text, rapidjson::SizeType length, bool) {
    std::int64_t integer = 0;
    const char* const end = text + length;
    if (const auto read = std::from_chars(text, end, integer); read.ec == std::errc() && read.ptr == end)
      return add(integer);
    double number = 0;
    const auto read = std::from_chars(text, end, number);
    // Out of range may be too small, which is zero, or too large, which is refused.
    if (read.ec == std::errc::result_out_of_range) number = std::strtod(std::string(text, length).c_str(), nullptr);
    return std::isfinite(number) && add(number);
  }
  bool String(const char* text, rapidjson::SizeType length, bool) { return add(std::string(text, length)); }
  bool Key(const char* text, rapidjson::SizeType length, bool) {
    waiting_.push_back({std::string(text, length), Value()});
    return true;
  }
  bool StartObject() { return open(Container::kObject); }
  bool StartArray() { return open(Container::kArray); }
  bool EndObject(rapidjson::SizeType count) {
    Object object;
    object.reserve(count);
    for (auto member = waiting_.end() - count; member != waiting_.end(); ++member)
      object.append(std::move(member->key), std::move(member->value));
    close(count);
    object.keep_last_of_equal_keys();
    return add(decode_wire_type(std::move(object)));
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
  enum class Container : std::uint8_t { kObject, kArray };

  bool open(Container container) {
    too_deep_ = open_.size() >= kMaxJsonDepth;
    if (!too_deep_) open_.push_back(container);
    return !too_deep_;
  }
  void close(rapidjson::SizeType count) {
    waiting_.resize(waiting_.size() - count);
    open_.pop_back();
  }
  bool add(Value value) {
    if (open_.empty()) {
      result_ = std::move(value);
    } else if (open_.back() == Container::kObject) {
      waiting_.back().value = std::move(value);
    } else {
      waiting_.push_back({{}, std::move(value)});
    }
    return true;
  }

  std::vector<Container> open_;
  std::vector<Member> waiting_;  // an element of an array has no key
  Value result_;
  bool too_deep_ = false;
};

/// Lets RapidJSON's Writer append to a std::string.
class StringStream {
 public:
  using Ch = char;
  explicit StringStream(std::string& out) : out_(out) {}
  void Put(char c) { out_.push_back(c); }
  void Flush() {}
  void append(std::string_view text) { out_.append(text); }
  std::string& text() { return out_; }

 private:
  std::string& out_;
};

// The default flags check nothing on output: what is inside was validated on the way in.
using Writer = rapidjson::Writer<StringStream, rapidjson::UTF8<>, rapidjson::UTF8<>, rapidjson::CrtAllocator>;

rapidjson::SizeType size_of(std::string_view text) { return static_cast<rapidjson::SizeType>(text.size()); }

}  // namespace

namespace {

constexpr std::size_t kBlock = 16;

rapidjson::ParseResult read(std::string_view text, Reader& reader) {
  constexpr unsigned kFlags =
      rapidjson::kParseIterativeFlag | rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag;
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
  Reader reader;
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
  Reader reader;
  if (read(text, reader).IsError()) return std::nullopt;
  return reader.take();
}

std::string to_json(const Value& value) {
  std::string out;
  JsonWriter writer(out);
  emit(value, writer);
  return out;
}

namespace {

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

struct JsonWriter::Impl {
  explicit Impl(std::string& out) : stream(out), writer(stream) {}

  void type(std::string_view name) {
    writer.StartObject();
    text("__type", name);
  }
  void text(std::string_view name, std::string_view value) {
    writer.Key(name.data(), size_of(name));
    writer.String(value.data(), size_of(value));
  }
  void raw(std::string_view json, rapidjson::Type kind) { writer.RawValue(json.data(), json.size(), kind); }
  void number(double value) {
    scratch.clear();
    if (std::isfinite(value)) {
      append_number(scratch, value);
    } else {
      scratch = "null";  // as JSON.stringify does
    }
    raw(scratch, rapidjson::kNumberType);
  }
  void iso(Milliseconds time) {
    scratch.assign(1, '"');
    append_iso_date(scratch, time);
    scratch.push_back('"');
    raw(scratch, rapidjson::kStringType);
  }
  /// A value between two values of the top level needs a fresh root.
  void next_value() {
    if (writer.IsComplete()) writer.Reset(stream);
  }

  StringStream stream;
  Writer writer;
  std::string scratch;
  std::string files_url;
};

JsonWriter::JsonWriter(std::string& out) : impl_(std::make_unique<Impl>(out)) {}
JsonWriter::~JsonWriter() = default;

void JsonWriter::set_files_url(std::string prefix) { impl_->files_url = std::move(prefix); }

void JsonWriter::begin_object() {
  impl_->next_value();
  impl_->writer.StartObject();
}
void JsonWriter::key(std::string_view name) { impl_->writer.Key(name.data(), size_of(name)); }
void JsonWriter::end_object() { impl_->writer.EndObject(); }
void JsonWriter::begin_array() {
  impl_->next_value();
  impl_->writer.StartArray();
}
void JsonWriter::end_array() { impl_->writer.EndArray(); }
void JsonWriter::null() {
  impl_->next_value();
  impl_->writer.Null();
}
void JsonWriter::boolean(bool value) {
  impl_->next_value();
  impl_->writer.Bool(value);
}
void JsonWriter::integer(std::int64_t value) {
  impl_->next_value();
  impl_->writer.Int64(value);
}
void JsonWriter::number(double value) {
  impl_->next_value();
  impl_->number(value);
}
void JsonWriter::string(std::string_view value) {
  impl_->next_value();
  impl_->writer.String(value.data(), size_of(value));
}
void JsonWriter::date(Date value) {
  impl_->next_value();
  impl_->type("Date");
  impl_->writer.Key("iso", 3);
  impl_->iso(value.time);
  impl_->writer.EndObject();
}
void JsonWriter::timestamp(Date value) {
  impl_->next_value();
  impl_->iso(value.time);
}
void JsonWriter::bytes(std::string_view base64) {
  impl_->next_value();
  impl_->type("Bytes");
  impl_->text("base64", base64);
  impl_->writer.EndObject();
}
void JsonWriter::file(std::string_view name, std::string_view url) {
  impl_->next_value();
  impl_->type("File");
  impl_->text("name", name);
  if (!url.empty()) {
    impl_->text("url", url);
  } else if (!impl_->files_url.empty()) {
    impl_->text("url", impl_->files_url + percent_encode(name));
  }
  impl_->writer.EndObject();
}
void JsonWriter::geo_point(GeoPoint value) {
  impl_->next_value();
  impl_->type("GeoPoint");
  impl_->writer.Key("latitude", 8);
  impl_->number(value.latitude);
  impl_->writer.Key("longitude", 9);
  impl_->number(value.longitude);
  impl_->writer.EndObject();
}
void JsonWriter::polygon(const Polygon& value) {
  impl_->next_value();
  impl_->type("Polygon");
  impl_->writer.Key("coordinates", 11);
  impl_->writer.StartArray();
  for (const GeoPoint& point : value.points) {
    impl_->writer.StartArray();
    impl_->number(point.latitude);
    impl_->number(point.longitude);
    impl_->writer.EndArray();
  }
  impl_->writer.EndArray();
  impl_->writer.EndObject();
}
void JsonWriter::pointer(std::string_view class_name, std::string_view object_id) {
  impl_->next_value();
  impl_->type("Pointer");
  impl_->text("className", class_name);
  impl_->text("objectId", object_id);
  impl_->writer.EndObject();
}
void JsonWriter::relation(std::string_view class_name) {
  impl_->next_value();
  impl_->type("Relation");
  impl_->text("className", class_name);
  impl_->writer.EndObject();
}
void JsonWriter::encoded_json(std::string_view json) {
  impl_->next_value();
  impl_->raw(json, rapidjson::kObjectType);
}

}  // namespace parse::object
