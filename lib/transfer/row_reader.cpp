#include "transfer/row_reader.h"

#include <fmt/format.h>

#include <utility>

#include "base/error.h"
#include "object/json.h"

namespace parse::transfer {
namespace {

class NdjsonReader final : public RowReader {
 public:
  explicit NdjsonReader(ByteReader& bytes) : bytes_(bytes) {}

  bool next(Row& row) override {
    while (bytes_.peek() != ByteReader::kEnd) {
      row = Row{};
      row.line = bytes_.position().line;
      const std::uint64_t length = bytes_.take_line(row.text, kMostRowBytes);
      if (row.text.ends_with('\r')) row.text.pop_back();
      if (row.text.find_first_not_of(" \t") == std::string::npos) continue;
      if (length > kMostRowBytes)
        row.problem = too_long();
      else
        read_json_row(row);
      return true;
    }
    return false;
  }

 private:
  ByteReader& bytes_;
};

}  // namespace

std::string too_long() { return fmt::format("longer than {} MiB", kMostRowBytes / 1024 / 1024); }

void read_json_row(Row& row) {
  try {
    object::Value value = object::parse_json(row.text);
    if (auto* object = value.get_if<object::Object>())
      row.object = std::move(*object);
    else
      row.problem = "not a JSON object";
  } catch (const Error& error) {
    row.problem = error.message();
  }
}

std::unique_ptr<RowReader> make_ndjson_reader(ByteReader& bytes) { return std::make_unique<NdjsonReader>(bytes); }

std::unique_ptr<RowReader> make_row_reader(Format format, ByteReader& bytes, const Position& from,
                                           const schema::ClassSchema* known) {
  std::unique_ptr<RowReader> reader;
  if (format == Format::kCsv) reader = make_csv_reader(bytes, known);
  if (from.offset > 0) bytes.seek(from);
  if (format == Format::kJson) reader = make_json_reader(bytes, from.offset > 0);
  if (format == Format::kNdjson) reader = make_ndjson_reader(bytes);
  return reader;
}

}  // namespace parse::transfer
