#include "base/utf8.h"

#include <cstdint>
#include <cstring>

namespace parse {
namespace {

/// How many bytes from `position` on are ASCII, by the block; at least none.
std::size_t ascii_run(std::string_view text, std::size_t position) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::size_t end = position;
  std::uint64_t block = 0;
  while (end + sizeof block <= text.size()) {
    std::memcpy(&block, text.data() + end, sizeof block);
    if ((block & kHighBits) != 0) break;
    end += sizeof block;
  }
  while (end < text.size() && static_cast<unsigned char>(text[end]) < 0x80) ++end;
  return end - position;
}

/// Length of the sequence that begins with `lead`, and the range of its second byte; 0 for a byte that begins none.
/// Source: The Unicode Standard, table 3-7.
struct Form {
  std::size_t length = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
};

Form form_of(unsigned char lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return {2};
  if (lead == 0xE0) return {3, 0xA0, 0xBF};
  if (lead == 0xED) return {3, 0x80, 0x9F};
  if (lead >= 0xE1 && lead <= 0xEF) return {3};
  if (lead == 0xF0) return {4, 0x90, 0xBF};
  if (lead >= 0xF1 && lead <= 0xF3) return {4};
  if (lead == 0xF4) return {4, 0x80, 0x8F};
  return {};
}

bool is_sequence(std::string_view bytes, const Form& form) {
  if (form.length == 0 || bytes.size() < form.length) return false;
  const auto second = static_cast<unsigned char>(bytes[1]);
  if (second < form.low || second > form.high) return false;
  for (std::size_t i = 2; i < form.length; ++i) {
    if ((static_cast<unsigned char>(bytes[i]) & 0xC0) != 0x80) return false;
  }
  return true;
}

}  // namespace

std::size_t find_invalid_utf8(std::string_view text) {
  std::size_t position = ascii_run(text, 0);
  while (position < text.size()) {
    const Form form = form_of(static_cast<unsigned char>(text[position]));
    if (!is_sequence(text.substr(position), form)) return position;
    position += form.length;
    position += ascii_run(text, position);
  }
  return std::string_view::npos;
}

}  // namespace parse
