#pragma once

#include <string>

namespace parse::object {

/// Appends `value` as ECMAScript's Number.prototype.toString writes it: shortest digits that read back the same, no
/// trailing ".0", exponents as `1e+21` and `1e-7`. `value` must be finite.
void append_number(std::string& out, double value);

}  // namespace parse::object
