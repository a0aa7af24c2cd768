#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace parse::transfer {

/// A place in a file, between two characters.
struct Position {
  std::uint64_t offset = 0;
  /// The line that the next character is on; the first is 1.
  std::uint64_t line = 1;
};

/// Reads a file, or standard input, piece by piece. One thread.
class ByteReader {
 public:
  static constexpr int kEnd = -1;

  /// "-" is standard input. Throws Error kInternal (1) that names the file.
  explicit ByteReader(const std::string& path);
  ~ByteReader();
  ByteReader(const ByteReader&) = delete;
  ByteReader& operator=(const ByteReader&) = delete;

  /// The next character without taking it; kEnd when there is none. Throws Error kInternal when it cannot be read.
  int peek() { return next_ < end_ || fill() ? static_cast<unsigned char>(buffer_[next_]) : kEnd; }
  int take() {
    const int c = peek();
    if (c == kEnd) return c;
    ++next_;
    if (c == '\n') ++line_;
    return c;
  }
  /// Appends the rest of the line, without its end, to `text`, but no more than `most` bytes of it; the whole line is
  /// taken. Returns its length; nothing is appended at the end of the file.
  std::uint64_t take_line(std::string& text, std::size_t most);

  Position position() const { return {start_ + next_, line_}; }
  /// Goes on reading from there.
  void seek(const Position& position);

 private:
  bool fill();

  std::string path_;
  int file_ = -1;
  std::vector<char> buffer_;
  std::size_t next_ = 0;
  std::size_t end_ = 0;
  std::uint64_t start_ = 0;
  std::uint64_t line_ = 1;
};

}  // namespace parse::transfer
