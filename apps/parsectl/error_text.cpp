#include "apps/parsectl/error_text.h"

namespace parse::ctl {

std::string text_of(const Error& error) {
  constexpr std::size_t kMost = 300;
  std::string cause = error.cause().substr(0, error.cause().find('\n'));
  if (cause.size() > kMost) {
    std::size_t end = kMost;
    while (end > 0 && (static_cast<unsigned char>(cause[end]) & 0xC0) == 0x80) --end;  // no half characters
    cause = cause.substr(0, end) + " …";
  }
  if (cause.empty()) return error.message();
  return error.message() + (error.message().ends_with('.') ? " " : ": ") + cause;
}

}  // namespace parse::ctl
