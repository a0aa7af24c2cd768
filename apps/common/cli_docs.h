#pragma once

#include <string>

#include "apps/common/cli.h"

namespace parse::apps {

/// The manual page, in roff, made from the option table.
std::string man_page(const std::string& version);

std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

/// `parse-server generate --man DIR --completions DIR --example FILE`: writes the files that are kept in the
/// repository.
int generate_docs(const CliInput& input, CliOutput output);

}  // namespace parse::apps
