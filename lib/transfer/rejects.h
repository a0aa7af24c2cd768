#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "transfer/row_reader.h"
#include "transfer/text_file.h"

namespace parse::transfer {

/// Rows that were not taken, as NDJSON: `{"file","line","reason","row"}`, the row as it is in its file, or
/// `{"class","id","reason"}` for an object that is still where it came from. The file is made with its first row. One
/// thread. Errors: those of TextFile.
class Rejects {
 public:
  /// An empty path keeps none of them.
  explicit Rejects(std::string path) : path_(std::move(path)) {}

  void add(const std::string& file, const Row& row, const std::string& reason);
  /// `id` names a row of the class, or the two ends of a membership.
  void add(const std::string& class_name, const std::string& id, const std::string& reason);
  /// What an import that was cut short wrote beyond what it had done is dropped.
  void go_on_at(std::uint64_t length);
  std::uint64_t length() const { return file_ ? file_->length() : length_; }
  void flush();
  const std::string& path() const { return path_; }
  /// The first of this run: "file, line n: why", "class 'id': why".
  const std::vector<std::string>& first() const { return first_; }

 private:
  void write(const std::string& sentence, const object::Object& entry);

  std::string path_;
  std::uint64_t length_ = 0;
  std::optional<TextFile> file_;
  std::vector<std::string> first_;
};

}  // namespace parse::transfer
