#include "query/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <fmt/format.h>
#include <pcre2.h>

#include "base/error.h"

namespace parse::query {
namespace {

// Enough for honest patterns on long texts; a nested quantifier reaches it within milliseconds.
constexpr std::uint32_t kMatchLimit = 500'000;
constexpr std::uint32_t kHeapLimitKibibytes = 8 * 1024;
constexpr std::size_t kMaxPatternLength = 64 * 1024;

std::uint32_t flags_of(std::string_view options) {
  // Not PCRE2_MATCH_INVALID_UTF: with it the JIT of PCRE2 10.42 finds no letter beyond ASCII by \S, \W or \D.
  std::uint32_t flags = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C;
  for (const char option : options) {
    switch (option) {
      case 'i':
        flags |= PCRE2_CASELESS;
        break;
      case 'm':
        flags |= PCRE2_MULTILINE;
        break;
      case 's':
        flags |= PCRE2_DOTALL;
        break;
      case 'x':
        flags |= PCRE2_EXTENDED;
        break;
      default:
        break;  // u: UTF-8 is always on
    }
  }
  return flags;
}

/// The subject is no valid UTF-8.
bool is_bad_text(int code) { return code <= PCRE2_ERROR_UTF8_ERR1 && code >= PCRE2_ERROR_UTF8_ERR21; }

[[noreturn]] void fail_match(int code) {
  throw Error(ErrorCode::kInvalidQuery, "$regex is too expensive to match", fmt::format("PCRE2 error {}", code));
}

pcre2_code* compile(std::string_view pattern, std::string_view options) {
  if (pattern.size() > kMaxPatternLength) throw Error(ErrorCode::kInvalidQuery, "$regex value is too long");
  int error = 0;
  std::size_t offset = 0;
  pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(), flags_of(options),
                                   &error, &offset, nullptr);
  if (code == nullptr) {
    throw Error(ErrorCode::kInvalidQuery, fmt::format("Bad $regex value for query: {}", pattern),
                fmt::format("PCRE2 error {} at {}", error, offset));
  }
  return code;
}

/// Scratch space of this thread: nobody asks where a pattern matched, so one pair of offsets will do for all patterns.
pcre2_match_data* match_data() {
  struct Free {
    void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
  };
  static thread_local const std::unique_ptr<pcre2_match_data, Free> data(pcre2_match_data_create(1, nullptr));
  return data.get();
}

}  // namespace

struct CompiledRegex::Impl {
  Impl(std::string_view pattern, std::string_view options) : code(compile(pattern, options)) {
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);  // without JIT the interpreter does the work
    context = pcre2_match_context_create(nullptr);
    pcre2_set_match_limit(context, kMatchLimit);
    pcre2_set_heap_limit(context, kHeapLimitKibibytes);
  }
  ~Impl() {
    pcre2_match_context_free(context);
    pcre2_code_free(code);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  int match(std::string_view subject, std::uint32_t flags) const {
    return pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(subject.data()), subject.size(), 0, flags, match_data(),
                       context);
  }

  pcre2_code* code;
  pcre2_match_context* context = nullptr;
};

CompiledRegex::CompiledRegex(std::string_view pattern, std::string_view options)
    : impl_(std::make_unique<Impl>(pattern, options)) {}
CompiledRegex::~CompiledRegex() = default;
CompiledRegex::CompiledRegex(CompiledRegex&&) noexcept = default;
CompiledRegex& CompiledRegex::operator=(CompiledRegex&&) noexcept = default;

bool CompiledRegex::matches(std::string_view subject) const {
  int result = impl_->match(subject, 0);
  // The JIT's own stack is small; the interpreter has the heap.
  if (result == PCRE2_ERROR_JIT_STACKLIMIT) result = impl_->match(subject, PCRE2_NO_JIT);
  if (result >= 0) return true;
  if (result != PCRE2_ERROR_NOMATCH && !is_bad_text(result)) fail_match(result);
  return false;
}

void check_regex(std::string_view pattern, std::string_view options) { pcre2_code_free(compile(pattern, options)); }

const CompiledRegex& RegexCache::get(std::string_view pattern, std::string_view options) {
  std::string key = fmt::format("{}/{}", options, pattern);
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    entries_.splice(entries_.begin(), entries_, found->second);
    return entries_.front().regex;
  }
  entries_.push_front({std::move(key), CompiledRegex(pattern, options)});
  by_key_.emplace(entries_.front().key, entries_.begin());
  if (entries_.size() > capacity_) {
    by_key_.erase(entries_.back().key);
    entries_.pop_back();
  }
  return entries_.front().regex;
}

}  // namespace parse::query
