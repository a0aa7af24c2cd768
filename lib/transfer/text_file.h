#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace parse::transfer {

/// A file that is written from front to back, or standard output. One thread. Errors of every call: Error kInternal (1)
/// that names the file and says what the system said, such as that the disk is full.
class TextFile {
 public:
  /// "-" is standard output. Otherwise the text goes to `path` with ".part" behind it until commit().
  static TextFile create(const std::string& path);
  /// Goes on behind the first `length` bytes of the file, which is made when it does not exist.
  static TextFile append(const std::string& path, std::uint64_t length);
  TextFile(TextFile&& other) noexcept;
  TextFile(const TextFile&) = delete;
  TextFile& operator=(const TextFile&) = delete;
  /// What was not committed stays in the ".part" file.
  ~TextFile();

  void write(std::string_view text);
  /// Everything written so far reaches the file.
  void flush();
  /// The file is whole: it is brought to the disk and gets its name.
  void commit();
  std::uint64_t length() const { return length_; }

 private:
  TextFile(std::string path, std::string written_path, int file);

  std::string path_;
  std::string written_path_;
  int file_ = -1;
  std::string buffer_;
  std::uint64_t length_ = 0;
};

}  // namespace parse::transfer
