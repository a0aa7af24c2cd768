#pragma once

#include <memory>
#include <vector>

#include "object/value.h"
#include "schema/class_schema.h"
#include "transfer/format.h"
#include "transfer/text_file.h"

namespace parse::transfer {

/// Writes objects to a file, one after the other, as RowReader reads them. One thread. Errors: those of TextFile.
class RowWriter {
 public:
  virtual ~RowWriter() = default;

  /// Throws kInvalidSchemaOperation (255) for a field that a CSV file has no column for.
  virtual void write(const object::Object& object) = 0;
  /// The last object was written.
  virtual void end() = 0;
};

/// `columns` are those of a CSV file: of the class, or of a join table. `file` must outlive the writer.
std::unique_ptr<RowWriter> make_row_writer(Format format, TextFile& file, std::vector<schema::Field> columns);

/// The columns of a class: its fields but for relations, which have files of their own, and passwords, which nobody
/// has.
std::vector<schema::Field> columns_of(const schema::ClassSchema& class_schema);

}  // namespace parse::transfer
