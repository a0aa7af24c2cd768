#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/class_schema.h"
#include "storage/sql/sql_text.h"

namespace parse::storage::sql {

/// How one field is read from the columns of a row.
struct ColumnReader {
  enum class Decoder {
    kText,
    kNumber,
    kBoolean,
    kDate,
    kTimestamp,
    kJson,
    kGeoPoint,
    kPolygon,
    kFile,
    kBytes,
    kPointer,
    kRelation,
    kAcl
  };
  Decoder decoder = Decoder::kText;
  /// The first of its columns in the row.
  int column = 0;
  std::string name;
  std::string target_class;
};

/// How rows of one statement become objects. Keeps the class schema alive, whose address is part of cache keys.
struct ReadPlan {
  std::shared_ptr<const schema::ClassSchema> class_schema;
  std::vector<ColumnReader> readers;
  /// What the readers read, in the order of the row.
  std::vector<std::string> columns;
  /// Column that holds the text score, when asked for.
  std::optional<int> score_column;
};

/// The columns of a field, as a database lays them out.
using ColumnsOf = std::function<std::vector<std::string>(const schema::Field&)>;

/// Plans to read these fields (absent: all; the four built-in ones always).
ReadPlan plan_read(std::shared_ptr<const schema::ClassSchema> class_schema,
                   const std::optional<std::vector<std::string>>& keys, const ColumnsOf& columns_of);
/// Appends the columns of `plan`, comma separated. `alias` may be empty.
void append_columns(const ReadPlan& plan, std::string_view alias, SqlText& out);

/// Cache key of a statement that reads rows: the class snapshot by address (the plan keeps it alive), the fields read,
/// and the rest of the statement as SQL.
std::string read_key(const schema::ClassSchema* class_schema, const std::optional<std::vector<std::string>>& keys,
                     std::string_view rest);

}  // namespace parse::storage::sql
