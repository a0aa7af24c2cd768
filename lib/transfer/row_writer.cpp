#include "transfer/row_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "base/error.h"
#include "object/json.h"
#include "object/value_sink.h"
#include "schema/default_classes.h"
#include "transfer/csv_cell.h"

namespace parse::transfer {
namespace {

/// NDJSON, and the list of a JSON file, whose elements stand on lines of their own.
class JsonRowWriter final : public RowWriter {
 public:
  JsonRowWriter(TextFile& file, bool is_list) : file_(file), is_list_(is_list) {
    if (is_list_) file_.write("{\"results\":[\n");
  }

  void write(const object::Object& object) override {
    text_.clear();
    if (is_list_ && !is_first_) text_ += ",\n";
    is_first_ = false;
    object::JsonWriter writer(text_);
    object::emit_object(object, writer);
    if (!is_list_) text_ += '\n';
    file_.write(text_);
  }

  void end() override {
    if (is_list_) file_.write(is_first_ ? "]}\n" : "\n]}\n");
  }

 private:
  TextFile& file_;
  bool is_list_;
  bool is_first_ = true;
  std::string text_;
};

class CsvRowWriter final : public RowWriter {
 public:
  CsvRowWriter(TextFile& file, std::vector<schema::Field> columns) : file_(file), columns_(std::move(columns)) {
    for (const schema::Field& column : columns_) add_cell(&column == &columns_.front(), quoted_cell(header_of(column)));
    end_line();
  }

  void write(const object::Object& object) override {
    std::size_t found = 0;
    for (const schema::Field& column : columns_) {
      const object::Value* value = object.find(column.name);
      if (value != nullptr) ++found;
      const bool is_given = value != nullptr && !value->is_null();
      add_cell(&column == &columns_.front(), is_given ? quoted_cell(cell_of(*value)) : std::string());
    }
    if (found < object.size()) check_columns(object);
    end_line();
  }

  void end() override {}

 private:
  void add_cell(bool is_first, const std::string& text) {
    if (!is_first) line_ += ',';
    line_ += text;
  }

  void end_line() {
    line_ += "\r\n";
    file_.write(line_);
    line_.clear();
  }

  void check_columns(const object::Object& object) const {
    for (const object::Member& member : object) {
      const bool is_known = std::any_of(columns_.begin(), columns_.end(),
                                        [&](const schema::Field& column) { return column.name == member.key; });
      if (!is_known && !member.value.is<object::Relation>() && !member.value.is_null())
        throw Error(ErrorCode::kInvalidSchemaOperation,
                    fmt::format("the class got a field {} while it was exported; export it again", member.key));
    }
  }

  TextFile& file_;
  std::vector<schema::Field> columns_;
  std::string line_;
};

}  // namespace

std::unique_ptr<RowWriter> make_row_writer(Format format, TextFile& file, std::vector<schema::Field> columns) {
  if (format == Format::kCsv) return std::make_unique<CsvRowWriter>(file, std::move(columns));
  return std::make_unique<JsonRowWriter>(file, format == Format::kJson);
}

std::vector<schema::Field> columns_of(const schema::ClassSchema& class_schema) {
  std::vector<schema::Field> columns;
  for (const schema::Field& field : class_schema.fields) {
    const auto* column = schema::find_default_column(class_schema.name, field.name);
    const bool is_virtual = column != nullptr && column->use == schema::ColumnUse::kVirtual;
    if (!is_virtual && field.type.kind != schema::FieldKind::kRelation) columns.push_back(field);
  }
  return columns;
}

}  // namespace parse::transfer
