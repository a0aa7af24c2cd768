#pragma once

#include <cstddef>
#include <string_view>

namespace parse {

/// Where `text` stops being UTF-8 (overlong forms, surrogates and what lies beyond U+10FFFF are not); npos when it
/// never does. Fast on ASCII.
std::size_t find_invalid_utf8(std::string_view text);

}  // namespace parse
