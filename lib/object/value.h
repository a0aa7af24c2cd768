#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/box.h"
#include "base/iso_date.h"

/// Parse's data as values. Pure: no I/O, no clock, no thread.
namespace parse::object {

class Value;
struct Member;
using Array = std::vector<Value>;

/// A JSON object in insertion order. Setting a key that exists keeps its place.
class Object {
 public:
  Object();
  Object(std::initializer_list<Member> members);
  /// Takes the members as they are: the caller knows that no key comes twice, or calls keep_last_of_equal_keys.
  explicit Object(std::vector<Member> members);
  Object(const Object&);
  Object(Object&&) noexcept;
  Object& operator=(const Object&);
  Object& operator=(Object&&) noexcept;
  ~Object();

  /// The value of `key`, or nullptr.
  const Value* find(std::string_view key) const;
  Value* find(std::string_view key);
  bool contains(std::string_view key) const { return find(key) != nullptr; }
  /// The value of `key`; throws kInvalidJson (107) naming the key when it is absent.
  const Value& at(std::string_view key) const;
  /// Sets `key`, replacing an older value in place; returns the stored value.
  Value& set(std::string_view key, Value value);
  /// Appends without looking for an older value: for callers that know the key is new.
  Value& append(std::string key, Value value);
  /// True when there was something to remove.
  bool erase(std::string_view key);
  /// After `append`s that may repeat a key: the last value wins, at the first one's place. Linear in the members.
  void keep_last_of_equal_keys();
  void clear();
  void reserve(std::size_t count);

  std::size_t size() const;
  bool empty() const { return size() == 0; }
  std::vector<Member>::const_iterator begin() const;
  std::vector<Member>::const_iterator end() const;
  std::vector<Member>::iterator begin();
  std::vector<Member>::iterator end();

  /// Same members, in any order.
  friend bool operator==(const Object& left, const Object& right);

 private:
  std::vector<Member> members_;
};

/// `{"__type":"Date","iso":"…"}`
struct Date {
  Milliseconds time = 0;
  friend auto operator<=>(const Date&, const Date&) = default;
};

/// `{"__type":"Bytes","base64":"…"}`; the base64 text is kept as it came.
struct Bytes {
  std::string base64;
  friend bool operator==(const Bytes&, const Bytes&) = default;
};

/// `{"__type":"File","name":"…","url":"…"}`; the url is empty until it leaves the server.
struct File {
  std::string name;
  std::string url;
  friend bool operator==(const File&, const File&) = default;
};

/// `{"__type":"GeoPoint","latitude":φ,"longitude":λ}`, both in degrees.
struct GeoPoint {
  double latitude = 0;
  double longitude = 0;
  friend bool operator==(const GeoPoint&, const GeoPoint&) = default;
};

/// `{"__type":"Polygon","coordinates":[[φ,λ],…]}`; closed: the last point equals the first.
struct Polygon {
  std::vector<GeoPoint> points;
  friend bool operator==(const Polygon&, const Polygon&) = default;
};

/// `{"__type":"Pointer","className":"C","objectId":"id"}`
struct Pointer {
  std::string class_name;
  std::string object_id;
  friend bool operator==(const Pointer&, const Pointer&) = default;
};

/// `{"__type":"Relation","className":"C"}`
struct Relation {
  std::string class_name;
  friend bool operator==(const Relation&, const Relation&) = default;
};

/// Any value a Parse field can hold. Typed: `__type` maps exist only on the wire (see json.h). An included object is an
/// Object that carries the members `__type: "Object"` and `className`.
class Value {
 public:
  using Variant = std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Date, Bytes, Box<File>,
                               GeoPoint, Polygon, Box<Pointer>, Relation, Array, Object>;

  Value() : data_(nullptr) {}
  Value(std::nullptr_t) : data_(nullptr) {}                        // NOLINT
  Value(bool value) : data_(value) {}                              // NOLINT
  Value(int value) : data_(static_cast<std::int64_t>(value)) {}    // NOLINT
  Value(std::int64_t value) : data_(value) {}                      // NOLINT
  Value(double value) : data_(value) {}                            // NOLINT
  Value(const char* value) : data_(std::string(value)) {}          // NOLINT
  Value(std::string_view value) : data_(std::string(value)) {}     // NOLINT
  Value(std::string value) : data_(std::move(value)) {}            // NOLINT
  Value(Date value) : data_(value) {}                              // NOLINT
  Value(Bytes value) : data_(std::move(value)) {}                  // NOLINT
  Value(File value) : data_(Box<File>(std::move(value))) {}        // NOLINT
  Value(GeoPoint value) : data_(value) {}                          // NOLINT
  Value(Polygon value) : data_(std::move(value)) {}                // NOLINT
  Value(Pointer value) : data_(Box<Pointer>(std::move(value))) {}  // NOLINT
  Value(Relation value) : data_(std::move(value)) {}               // NOLINT
  Value(Array value) : data_(std::move(value)) {}                  // NOLINT
  Value(Object value) : data_(std::move(value)) {}                 // NOLINT

  /// The alternative T, or nullptr. T is one of: bool, std::int64_t, double, std::string, Date, Bytes, File, GeoPoint,
  /// Polygon, Pointer, Relation, Array, Object.
  template <typename T>
  const T* get_if() const {
    if constexpr (std::is_same_v<T, File> || std::is_same_v<T, Pointer>) {
      const auto* box = std::get_if<Box<T>>(&data_);
      return box ? &**box : nullptr;
    } else {
      return std::get_if<T>(&data_);
    }
  }
  template <typename T>
  T* get_if() {
    return const_cast<T*>(std::as_const(*this).template get_if<T>());
  }
  template <typename T>
  bool is() const {
    return get_if<T>() != nullptr;
  }
  /// The alternative T; throws kIncorrectType (111) otherwise.
  template <typename T>
  const T& as() const {
    const T* found = get_if<T>();
    if (found == nullptr) throw_wrong_type(*this);
    return *found;
  }
  /// Makes it hold a T, built in place.
  template <typename T, typename... Arguments>
  void emplace(Arguments&&... arguments) {
    data_.template emplace<T>(std::forward<Arguments>(arguments)...);
  }
  bool is_null() const { return std::holds_alternative<std::nullptr_t>(data_); }
  bool is_number() const { return is<std::int64_t>() || is<double>(); }
  /// The number as a double; throws kIncorrectType (111) when it is none.
  double number() const;
  /// JavaScript's truthiness: false for null, false, 0, NaN and "".
  bool truthy() const;
  /// "string", "number", "boolean", "null", "array", "object": JavaScript's idea of the type, for messages.
  std::string_view json_type() const;

  const Variant& variant() const { return data_; }

  /// 1 equals 1.0; everything else compares type and content.
  friend bool operator==(const Value& left, const Value& right);

 private:
  [[noreturn]] static void throw_wrong_type(const Value& value);

  Variant data_;
};

/// One member of an Object.
struct Member {
  std::string key;
  Value value;
};

}  // namespace parse::object
