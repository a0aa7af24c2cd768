#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "object/value_sink.h"
#include "schema/class_schema.h"
#include "storage/sql/sql_text.h"
#include "storage/sqlite/statement.h"

namespace parse::storage::sqlite {

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
    kFile,
    kBytes,
    kPointer,
    kRelation,
    kAcl
  };
  Decoder decoder = Decoder::kText;
  /// First column in the row; a GeoPoint and an ACL take two, a Relation none.
  int column = 0;
  std::string name;
  std::string target_class;
};

/// How rows of one statement become objects. Keeps the class schema alive, whose address is part of cache keys.
struct ReadPlan {
  std::shared_ptr<const schema::ClassSchema> class_schema;
  std::vector<ColumnReader> readers;
  int column_count = 0;
  /// Column that holds the text score, when asked for.
  std::optional<int> score_column;
};

/// Plans to read these fields (absent: all; the four built-in ones always).
ReadPlan plan_read(std::shared_ptr<const schema::ClassSchema> class_schema,
                   const std::optional<std::vector<std::string>>& keys);
/// Appends the columns of `plan`, comma separated. `alias` may be empty.
void append_columns(const ReadPlan& plan, std::string_view alias, sql::SqlText& out);
/// Plays the current row of `statement` as one object.
void play_row(const Statement& statement, const ReadPlan& plan, object::ValueSink& sink);
/// Builds the current row as an object.
object::Object read_row(const Statement& statement, const ReadPlan& plan);

}  // namespace parse::storage::sqlite
