#pragma once

#include <cstdint>
#include <optional>

namespace parse::storage {

/// A storage that knows how many rows a read has examined adds them here, on the thread of the call. SQLite knows it of
/// full scans; of rows that a search in an index passes over nobody knows.
void add_examined_rows(std::int64_t rows);
/// What was added on this thread since the last call; nullopt: nothing is known.
std::optional<std::int64_t> take_examined_rows();

}  // namespace parse::storage
