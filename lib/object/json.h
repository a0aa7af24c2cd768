#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "object/value_sink.h"

namespace parse::object {

/// Deepest nesting of arrays and objects that is read; more is kInvalidJson.
inline constexpr std::size_t kMaxJsonDepth = 512;

/// Reads one JSON text into a Value. `__type` maps that are well formed become typed values; malformed ones stay
/// Objects, so that validation can name what is wrong. The last of two equal keys wins. 64-bit integers stay exact.
/// Throws kInvalidJson (107): malformed text, invalid UTF-8, NaN or Infinity, nesting beyond kMaxJsonDepth.
Value parse_json(std::string_view text);

/// As parse_json, with nothing for a text that it would refuse: for callers to whom that is no error.
std::optional<Value> try_parse_json(std::string_view text);

/// JSON text of `value` in Parse's encoding; numbers are written as JavaScript writes them.
std::string to_json(const Value& value);

/// Appends JSON in Parse's encoding to a string. One writer can write several values, one after the other.
class JsonWriter final : public ValueSink {
 public:
  /// `out` must outlive the writer.
  explicit JsonWriter(std::string& out);
  ~JsonWriter() override;

  /// A File without a url gets `prefix` and its percent-encoded name as url. Empty (the default): none is written.
  void set_files_url(std::string prefix);

  void begin_object() override;
  void key(std::string_view name) override;
  void end_object() override;
  void begin_array() override;
  void end_array() override;
  void null() override;
  void boolean(bool value) override;
  void integer(std::int64_t value) override;
  void number(double value) override;
  void string(std::string_view value) override;
  void date(Date value) override;
  void timestamp(Date value) override;
  void bytes(std::string_view base64) override;
  void file(std::string_view name, std::string_view url) override;
  void geo_point(GeoPoint value) override;
  void polygon(const Polygon& value) override;
  void pointer(std::string_view class_name, std::string_view object_id) override;
  void relation(std::string_view class_name) override;
  void encoded_json(std::string_view json) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parse::object
