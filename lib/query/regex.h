#pragma once

#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace parse::query {

/// One compiled PCRE2 pattern, with limits that turn a hostile pattern into an error. Any thread.
/// The only user of PCRE2.
class CompiledRegex {
 public:
  /// `options` is a subset of "imsux", as in $options. Throws kInvalidQuery (102) for a pattern that does not compile.
  CompiledRegex(std::string_view pattern, std::string_view options);
  ~CompiledRegex();
  CompiledRegex(CompiledRegex&&) noexcept;
  CompiledRegex& operator=(CompiledRegex&&) noexcept;

  /// True when some part of `subject` matches; never for what is no valid UTF-8. Throws kInvalidQuery (102) when the
  /// match limit is reached.
  bool matches(std::string_view subject) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Throws kInvalidQuery (102) for a pattern that does not compile or is longer than 64 KiB.
void check_regex(std::string_view pattern, std::string_view options);

/// The last patterns used, compiled; keep one for each connection or matcher. One thread at a time.
class RegexCache {
 public:
  explicit RegexCache(std::size_t capacity = 32) : capacity_(capacity) {}

  /// Valid until the next call. Throws what CompiledRegex throws.
  const CompiledRegex& get(std::string_view pattern, std::string_view options);

 private:
  struct Entry {
    std::string key;
    CompiledRegex regex;
  };
  std::size_t capacity_;
  std::list<Entry> entries_;  // most recently used first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;
};

}  // namespace parse::query
