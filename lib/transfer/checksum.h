#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "object/json.h"
#include "object/value.h"

namespace parse::transfer {

/// What of a row is compared.
struct View {
  /// Columns that only storage has.
  bool has_internal = true;
  bool has_created_at = true;
  bool has_updated_at = true;
};

/// SHA-256 of the content of a row, as four numbers.
using Digest = std::array<std::uint64_t, 4>;

/// Takes the digests of rows: of their JSON with all keys in order. Numbers count as doubles, as JavaScript and
/// PostgreSQL have them; files by their names, since urls are the server's business; nulls and relations not at all.
class Digester {
 public:
  explicit Digester(const View& view) : view_(view), writer_(text_) {}
  Digester(const Digester&) = delete;
  Digester& operator=(const Digester&) = delete;

  Digest digest(const object::Object& row);

 private:
  bool counts(const object::Member& member) const;
  void write(const object::Value& value);
  void write_members(const object::Object& map, bool is_row);

  const View view_;
  std::string text_;
  object::JsonWriter writer_;
};

/// The digests of many rows in bounded memory, in no order: their sums, in parts by the keys of the rows, so that a
/// difference can be looked for in a small part of them.
class Tally {
 public:
  static constexpr std::size_t kParts = 4096;

  Tally() : sums_(kParts) {}
  static std::size_t part_of(const std::string& key);
  void add(const std::string& key, const Digest& digest);
  std::uint64_t rows() const { return rows_; }
  const Digest& sum_of(std::size_t part) const { return sums_[part]; }
  /// Of all rows, in hexadecimal.
  std::string text() const;

 private:
  std::vector<Digest> sums_;
  std::uint64_t rows_ = 0;
};

}  // namespace parse::transfer
