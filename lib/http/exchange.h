#pragma once

#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "http/request_parser.h"

namespace parse::http {

/// Bytes received and not yet parsed. Grows by doubling and is never filled with zeros, so that a slow client's buffer
/// costs the pages it really uses.
class InputBuffer {
 public:
  std::string_view view() const { return {data_.get() + begin_, end_ - begin_}; }
  bool empty() const { return begin_ == end_; }
  void consume(std::size_t count) {
    begin_ += count;
    if (begin_ == end_) begin_ = end_ = 0;
  }
  /// Makes room for at least one more byte and returns the free space.
  std::pair<char*, std::size_t> prepare() {
    if (end_ == capacity_) make_room();
    return {data_.get() + end_, capacity_ - end_};
  }
  /// Takes over `count` bytes written to the free space.
  void commit(std::size_t count) { end_ += count; }
  /// For bodies that arrive faster than a small buffer takes them.
  void grow_for_body() {
    if (begin_ == end_ && capacity_ < kBodyCapacity) {
      data_ = std::make_unique_for_overwrite<char[]>(kBodyCapacity);
      capacity_ = kBodyCapacity;
    }
  }
  std::size_t capacity() const { return capacity_; }

 private:
  static constexpr std::size_t kFirstCapacity = 4096;
  static constexpr std::size_t kBodyCapacity = 64 * 1024;

  void make_room() {
    const std::size_t kept = end_ - begin_;
    if (begin_ >= capacity_ / 2 && begin_ > 0) {
      std::memmove(data_.get(), data_.get() + begin_, kept);
    } else {
      const std::size_t larger = capacity_ == 0 ? kFirstCapacity : capacity_ * 2;
      auto grown = std::make_unique_for_overwrite<char[]>(larger);
      if (kept > 0) std::memcpy(grown.get(), data_.get() + begin_, kept);
      data_ = std::move(grown);
      capacity_ = larger;
    }
    begin_ = 0;
    end_ = kept;
  }

  std::unique_ptr<char[]> data_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

/// Everything a connection needs while a request is under way and not while it waits for one. Loops keep a few spare.
struct Exchange {
  explicit Exchange(ParserLimits limits) : parser(limits) {}

  InputBuffer input;
  RequestParser parser;
  /// Head of the response, with its body when that is small.
  std::string head;
  /// The body when it is large, so that it is not copied.
  std::string body;
  /// How much of head and body, taken as one, has been written.
  std::size_t written = 0;
};

}  // namespace parse::http
