#include "storage/examined_rows.h"

#include <utility>

namespace parse::storage {
namespace {

thread_local std::int64_t examined = 0;

}  // namespace

void add_examined_rows(std::int64_t rows) { examined += rows; }

std::optional<std::int64_t> take_examined_rows() {
  const std::int64_t rows = std::exchange(examined, 0);
  return rows > 0 ? std::optional(rows) : std::nullopt;
}

}  // namespace parse::storage
