#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Backups in a folder: chunks named by their content, and snapshots that list chunks.
namespace parse::backup {

/// Throws kInternal (1): "cannot <what> <path>: <what the system says>".
[[noreturn]] void throw_system_error(std::string_view what, const std::string& path);

/// An open file, closed when this ends. One thread. Errors of every call are those of throw_system_error.
class File {
 public:
  /// A new file, or an existing one made empty.
  static File create(const std::string& path);
  /// Throws kObjectNotFound (101) when there is none.
  static File open(const std::string& path);
  File(File&& other) noexcept;
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File();

  void write(std::string_view bytes, std::uint64_t offset);
  /// `count` bytes from `offset` on, or less at the end of the file.
  std::string read(std::size_t count, std::uint64_t offset) const;
  std::uint64_t size() const;
  /// Brings all to the disk.
  void sync();

 private:
  File(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}

  std::string path_;
  int descriptor_;
};

/// Brings the names in a folder to the disk.
void sync_folder(const std::string& path);

/// What a file is called until it is whole; gc removes what kept such a name. Another one each time.
std::string part_name(const std::string& path);
bool is_part_name(std::string_view name);

/// A file that appears whole, and durably, or not at all.
void write_whole(const std::string& path, std::string_view bytes);

}  // namespace parse::backup
