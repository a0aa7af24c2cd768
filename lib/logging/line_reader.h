#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace parse::logging {

/// Reads the lines of a file one by one, from its start or from its end, in blocks. A file that cannot be read has no
/// lines.
class LineReader {
 public:
  enum class Direction { kForward, kBackward };

  LineReader(const std::string& path, Direction direction);
  ~LineReader();
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  /// The next line without its newline; nullopt at the end. Lines beyond 1 MiB are left out.
  std::optional<std::string> next();

 private:
  bool read_block();
  std::optional<std::string> take_forward();
  std::optional<std::string> take_backward();

  Direction direction_;
  int descriptor_;
  std::size_t begin_ = 0;  // what is not read yet: [begin_, end_) of the file
  std::size_t end_ = 0;
  std::string buffer_;
};

}  // namespace parse::logging
