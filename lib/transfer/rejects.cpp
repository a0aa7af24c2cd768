#include "transfer/rejects.h"

#include <fmt/format.h>

#include "object/json.h"

namespace parse::transfer {

void Rejects::add(const std::string& file, const Row& row, const std::string& reason) {
  // What is not even UTF-8 cannot stand in JSON.
  const bool is_text = object::try_parse_json(object::to_json(row.text)).has_value();
  write(fmt::format("{}, line {}: {}", file, row.line, reason),
        object::Object{{"file", file},
                       {"line", static_cast<std::int64_t>(row.line)},
                       {"reason", reason},
                       {"row", is_text ? object::Value(row.text) : object::Value()}});
}

void Rejects::add(const std::string& class_name, const std::string& id, const std::string& reason) {
  write(fmt::format("{} '{}': {}", class_name, id, reason),
        object::Object{{"class", class_name}, {"id", id}, {"reason", reason}});
}

void Rejects::write(const std::string& sentence, const object::Object& entry) {
  constexpr std::size_t kShown = 5;
  if (first_.size() < kShown) first_.push_back(sentence);
  if (path_.empty()) return;
  if (!file_) file_.emplace(TextFile::append(path_, length_));
  file_->write(object::to_json(entry) + "\n");
}

void Rejects::go_on_at(std::uint64_t length) { length_ = length; }

void Rejects::flush() {
  if (file_) file_->flush();
}

}  // namespace parse::transfer
