#pragma once

#include <string_view>

#include "object/value.h"

namespace parse::object {

/// Receives a value piece by piece, so that a row can go from storage to the response without a tree in between.
/// Calls nest as in JSON: begin_object, (key, value)*, end_object. Strings are only borrowed for the call.
class ValueSink {
 public:
  virtual ~ValueSink() = default;

  virtual void begin_object() = 0;
  virtual void key(std::string_view name) = 0;
  virtual void end_object() = 0;
  virtual void begin_array() = 0;
  virtual void end_array() = 0;

  virtual void null() = 0;
  virtual void boolean(bool value) = 0;
  virtual void integer(std::int64_t value) = 0;
  virtual void number(double value) = 0;
  virtual void string(std::string_view value) = 0;
  virtual void date(Date value) = 0;
  /// createdAt and updatedAt of a Parse object: a Date that the wire shows as a bare ISO string.
  virtual void timestamp(Date value) = 0;
  virtual void bytes(std::string_view base64) = 0;
  virtual void file(std::string_view name, std::string_view url) = 0;
  virtual void geo_point(GeoPoint value) = 0;
  virtual void polygon(const Polygon& value) = 0;
  virtual void pointer(std::string_view class_name, std::string_view object_id) = 0;
  virtual void relation(std::string_view class_name) = 0;
  /// Valid JSON in Parse's encoding, as stored for Array and Object fields.
  virtual void encoded_json(std::string_view json) = 0;
};

/// Plays `value` into `sink`. A Date under createdAt or updatedAt of an included object (`__type: "Object"`) is a
/// timestamp.
void emit(const Value& value, ValueSink& sink);

/// Plays a Parse object as stored: as `emit`, and its own createdAt and updatedAt are timestamps.
void emit_object(const Object& object, ValueSink& sink);

/// Builds values from sink calls. `take()` gives the last complete top-level value.
class ValueBuilder final : public ValueSink {
 public:
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

  /// The value built since the last take; null when nothing came.
  Value take();

 private:
  struct Level {
    Value container;
    std::string key;
  };
  void add(Value value);

  std::vector<Level> levels_;
  Value result_;
};

}  // namespace parse::object
