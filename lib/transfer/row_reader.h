#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "object/value.h"
#include "schema/class_schema.h"
#include "transfer/byte_reader.h"
#include "transfer/format.h"

namespace parse::transfer {

/// Longest text of one object that is read; more than any storage takes.
inline constexpr std::size_t kMostRowBytes = 16 * 1024 * 1024;

/// One object of a file, or what is in its place.
struct Row {
  /// Where it begins; the first line is 1.
  std::uint64_t line = 0;
  /// As it is in the file; of one that is too long, the beginning.
  std::string text;
  object::Object object;
  /// Why it is no object; empty: it is one.
  std::string problem;
};

/// Yields the objects of a file one at a time, so that no file is ever in memory as a whole. One thread.
class RowReader {
 public:
  virtual ~RowReader() = default;

  /// False at the end of the file. A row that cannot be understood has a problem and the next call goes on behind it.
  /// Throws Error kInvalidJson (107) for a file that is not of the format at all; kInternal (1) when it cannot be read.
  virtual bool next(Row& row) = 0;
};

/// Reads `bytes` from `from` on, which is the beginning or was the position of `bytes` between two rows. A column of a
/// CSV file that names no type has that of the field in `known`, which may be nullptr, else String.
std::unique_ptr<RowReader> make_row_reader(Format format, ByteReader& bytes, const Position& from,
                                           const schema::ClassSchema* known);

// One for each format; made by make_row_reader.
std::unique_ptr<RowReader> make_ndjson_reader(ByteReader& bytes);
std::unique_ptr<RowReader> make_json_reader(ByteReader& bytes, bool is_inside);
std::unique_ptr<RowReader> make_csv_reader(ByteReader& bytes, const schema::ClassSchema* known);

/// Reads `row.text` as JSON into `row.object`, or says in `row.problem` why it is no object.
void read_json_row(Row& row);
/// The problem of a row longer than kMostRowBytes.
std::string too_long();

}  // namespace parse::transfer
