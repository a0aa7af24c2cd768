#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parse::templates {

/// A name such as "en", "de-AT" or "zh-Hans-CN"; nothing for any other text, so that a locale can be part of a path.
std::optional<std::string> parse_locale(std::string_view text);

/// The folders in which a text for `locale` is looked for, best first: "de-AT", "de", "".
std::vector<std::string> locale_folders(std::string_view locale);

}  // namespace parse::templates
