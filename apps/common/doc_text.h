#pragma once

#include <filesystem>
#include <string>
#include <string_view>

/// Pieces of generated documents.
namespace parse::apps {

/// Text for a manual page: a backslash or a hyphen is itself, and a line cannot become a request.
std::string roff(std::string_view text);

/// Text between single quotes of a shell; `quote` is how a single quote is written there.
std::string single_quoted(std::string_view text, std::string_view quote);

/// A description inside the brackets of zsh's _arguments, between single quotes.
std::string zsh_text(std::string_view text);

/// Writes a file and the folders above it; false when that fails.
bool write_document(const std::filesystem::path& path, const std::string& text);

}  // namespace parse::apps
