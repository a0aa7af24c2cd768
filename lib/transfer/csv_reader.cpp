#include <fmt/format.h>

#include <vector>

#include "base/error.h"
#include "transfer/csv_cell.h"
#include "transfer/row_reader.h"

namespace parse::transfer {
namespace {

/// RFC 4180, with line ends of either kind.
class CsvReader final : public RowReader {
 public:
  CsvReader(ByteReader& bytes, const schema::ClassSchema* known) : bytes_(bytes) {
    for (const int c : {0xef, 0xbb, 0xbf}) {
      if (bytes_.peek() == c) bytes_.take();
    }
    Row header;
    if (!take_record(header)) throw Error(ErrorCode::kInvalidJson, "the file is empty: a header is expected");
    if (!header.problem.empty()) throw Error(ErrorCode::kInvalidJson, "line 1: " + header.problem);
    for (const Cell& cell : cells_) columns_.push_back(read_header(cell.text, known));
  }

  bool next(Row& row) override {
    do {
      row = Row{};
      row.line = bytes_.position().line;
      if (!take_record(row)) return false;
    } while (row.text.empty());
    if (row.problem.empty()) read_cells(row);
    return true;
  }

 private:
  struct Cell {
    std::string text;
    bool is_quoted = false;
  };

  int take(Row& row) {
    const int c = bytes_.take();
    if (c == ByteReader::kEnd) return c;
    if (row.text.size() < kMostRowBytes)
      row.text.push_back(static_cast<char>(c));
    else
      row.problem = too_long();
    return c;
  }

  /// Behind the opening quote.
  void take_quoted(Row& row, Cell& cell) {
    cell.is_quoted = true;
    for (int c = take(row); c != ByteReader::kEnd; c = take(row)) {
      if (c == '"' && bytes_.peek() != '"') return;
      if (c == '"') take(row);
      if (row.problem.empty()) cell.text.push_back(static_cast<char>(c));
    }
    row.problem = "the file ends inside a quoted cell";
  }

  /// The cells of the next line into cells_; false at the end of the file.
  bool take_record(Row& row) {
    cells_.assign(1, Cell{});
    if (bytes_.peek() == ByteReader::kEnd) return false;
    for (;;) {
      const int next = bytes_.peek();
      if (next == ByteReader::kEnd || next == '\n') break;
      const int c = take(row);
      Cell& cell = cells_.back();
      if (c == ',') {
        cells_.emplace_back();
      } else if (c == '"' && cell.text.empty() && !cell.is_quoted) {
        take_quoted(row, cell);
      } else if (!(c == '\r' && bytes_.peek() == '\n')) {
        cell.text.push_back(static_cast<char>(c));
      }
    }
    bytes_.take();
    if (row.text.ends_with('\r')) row.text.pop_back();
    return true;
  }

  void read_cells(Row& row) {
    if (cells_.size() != columns_.size()) {
      row.problem = fmt::format("{} cells, but the header has {}", cells_.size(), columns_.size());
      return;
    }
    try {
      for (std::size_t i = 0; i < cells_.size(); ++i) {
        if (cells_[i].text.empty() && !cells_[i].is_quoted) continue;
        row.object.set(columns_[i].name, read_cell(columns_[i], cells_[i].text));
      }
    } catch (const Error& error) {
      row.problem = error.message();
    }
  }

  ByteReader& bytes_;
  std::vector<schema::Field> columns_;
  std::vector<Cell> cells_;
};

}  // namespace

std::unique_ptr<RowReader> make_csv_reader(ByteReader& bytes, const schema::ClassSchema* known) {
  return std::make_unique<CsvReader>(bytes, known);
}

}  // namespace parse::transfer
