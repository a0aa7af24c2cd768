#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "transfer/format.h"
#include "transfer/source.h"
#include "transfer/stop.h"

namespace parse::transfer {

struct ExportParts {
  Source& source;
  /// Becomes true when somebody asks the work to stop.
  const std::atomic<bool>& is_stopped;
  /// Called after each page with the number of rows of this file.
  std::function<void(std::uint64_t)> on_progress;
  /// Called with each object once it is written; may be empty. What it throws ends the export.
  std::function<void(const object::Object&)> on_object = {};
};

struct ExportOutput {
  /// A class that exists, or the join table of a relation.
  std::string class_name;
  /// In Parse's JSON form: only these objects; of a relation, only the members that these owners have.
  object::Object where = {};
  /// "-" is standard output. A file gets its name once it is whole.
  std::string path;
  Format format = Format::kNdjson;
};

/// Writes the objects of one class, or the members of one relation, in the order of their ids; returns how many. Memory
/// holds one page of them. Errors: Interrupted; those of Source, TextFile and RowWriter.
std::uint64_t export_file(const ExportParts& parts, const ExportOutput& output);

/// The classes of a whole app: all but those whose objects last for minutes.
std::vector<std::string> all_classes(const schema::Schema& schema);
/// The relations of a class.
std::vector<RelationName> relations_of(const schema::ClassSchema& class_schema);

}  // namespace parse::transfer
