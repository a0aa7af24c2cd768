#include "transfer/rejects.h"

#include <fmt/format.h>

#include "object/json.h"

namespace parse::transfer {

void Rejects::add(const std::string& file, const Row& row, const std::string& reason) {
  constexpr std::size_t kShown = 5;
  if (first_.size() < kShown) first_.push_back(fmt::format("{}, line {}: {}", file, row.line, reason));
  if (path_.empty()) return;
  if (!file_) file_.emplace(TextFile::append(path_, length_));
  // What is not even UTF-8 cannot stand in JSON.
  const bool is_text = object::try_parse_json(object::to_json(row.text)).has_value();
  file_->write(object::to_json(object::Object{{"file", file},
                                              {"line", static_cast<std::int64_t>(row.line)},
                                              {"reason", reason},
                                              {"row", is_text ? object::Value(row.text) : object::Value()}}) +
               "\n");
}

void Rejects::go_on_at(std::uint64_t length) { length_ = length; }

void Rejects::flush() {
  if (file_) file_->flush();
}

}  // namespace parse::transfer
