#include <fmt/format.h>

#include "base/error.h"
#include "transfer/row_reader.h"

namespace parse::transfer {
namespace {

bool is_space(int c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Finds where each element of a list begins and ends; what is in it is for the JSON parser.
class JsonReader final : public RowReader {
 public:
  JsonReader(ByteReader& bytes, bool is_inside) : bytes_(bytes), is_inside_(is_inside) {}

  bool next(Row& row) override {
    if (is_done_) return false;
    if (!is_inside_) enter();
    is_inside_ = true;
    while (is_space(bytes_.peek()) || bytes_.peek() == ',') bytes_.take();
    row = Row{};
    row.line = bytes_.position().line;
    if (bytes_.peek() == ']') return !(is_done_ = true);
    if (bytes_.peek() == ByteReader::kEnd) {
      is_done_ = true;
      row.problem = "the file ends before its list of objects does";
      return true;
    }
    read_element(row);
    return true;
  }

 private:
  [[noreturn]] void refuse(const std::string& what) {
    throw Error(ErrorCode::kInvalidJson, fmt::format("line {}: {}", bytes_.position().line, what));
  }

  int take_after_space() {
    while (is_space(bytes_.peek())) bytes_.take();
    return bytes_.take();
  }

  /// Takes what comes before the first element: `[`, or `{"results":[` with other members in between.
  void enter() {
    for (const int c : {0xef, 0xbb, 0xbf}) {
      if (bytes_.peek() == c) bytes_.take();
    }
    const int first = take_after_space();
    if (first == '[') return;
    if (first != '{') refuse("a list of objects, or {\"results\":[...]}, is expected");
    for (;;) {
      int c = take_after_space();
      if (c == ',') c = take_after_space();
      if (c != '"') refuse("there is no list \"results\" in it");
      std::string name;
      take_string(&name);
      if (take_after_space() != ':') refuse("a colon is expected");
      while (is_space(bytes_.peek())) bytes_.take();
      if (name == "results" && bytes_.peek() == '[') {
        bytes_.take();
        return;
      }
      take_value(nullptr);
    }
  }

  void put(int c, std::string* text) {
    if (text != nullptr && text->size() <= kMostRowBytes) text->push_back(static_cast<char>(c));
  }

  /// Behind the opening quote; takes the closing one, which is not part of `text`. False when there is none.
  bool take_string(std::string* text) {
    for (int c = bytes_.take(); c != ByteReader::kEnd; c = bytes_.take()) {
      if (c == '"') return true;
      put(c, text);
      if (c == '\\') put(bytes_.take(), text);
    }
    return false;
  }

  /// Up to the comma or bracket that ends the value, which stays. False when the file ends inside it.
  bool take_value(std::string* text) {
    for (int depth = 0;;) {
      const int c = bytes_.peek();
      if (c == ByteReader::kEnd) return depth == 0;
      if (depth == 0 && (c == ',' || c == ']' || c == '}')) return true;
      put(bytes_.take(), text);
      if (c == '"') {
        if (!take_string(text)) return false;
        put('"', text);
      }
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
    }
  }

  void read_element(Row& row) {
    const bool is_whole = take_value(&row.text);
    if (bytes_.peek() == '}') bytes_.take();  // one too many: the element is refused, and reading goes on
    if (!is_whole) {
      is_done_ = true;
      row.problem = "the file ends inside it";
    } else if (row.text.size() > kMostRowBytes) {
      row.problem = too_long();
    } else {
      read_json_row(row);
    }
  }

  ByteReader& bytes_;
  bool is_inside_;
  bool is_done_ = false;
};

}  // namespace

std::unique_ptr<RowReader> make_json_reader(ByteReader& bytes, bool is_inside) {
  return std::make_unique<JsonReader>(bytes, is_inside);
}

}  // namespace parse::transfer
