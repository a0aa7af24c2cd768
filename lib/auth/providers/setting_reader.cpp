#include "auth/providers/setting_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "net/url.h"

namespace parse::auth {
namespace {

/// The texts of a list; nothing when it is empty or holds anything else.
std::optional<std::vector<std::string>> read_list(const object::Value& value) {
  const auto* list = value.get_if<object::Array>();
  if (list == nullptr || list->empty()) return std::nullopt;
  std::vector<std::string> texts;
  for (const object::Value& entry : *list) {
    const auto* text = entry.get_if<std::string>();
    if (text == nullptr || text->empty()) return std::nullopt;
    texts.push_back(*text);
  }
  return texts;
}

}  // namespace

SettingReader::SettingReader(std::string option, const object::Object& setting, std::vector<std::string>& problems)
    : option_(std::move(option)), setting_(setting), problems_(problems) {}

const object::Value* SettingReader::take(std::string_view key) {
  known_.emplace(key);
  const object::Value* found = setting_.find(key);
  return found != nullptr && found->is_null() ? nullptr : found;
}

bool SettingReader::has(std::string_view key) { return take(key) != nullptr; }
const object::Value* SettingReader::value(std::string_view key) { return take(key); }

void SettingReader::add_problem(std::string_view text) { problems_.push_back(fmt::format("'{}' {}", option_, text)); }

std::string SettingReader::text(std::string_view key) {
  if (!has(key)) {
    add_problem(fmt::format("needs {}", key));
    return {};
  }
  return optional_text(key).value_or("");
}

std::optional<std::string> SettingReader::optional_text(std::string_view key) {
  const object::Value* found = take(key);
  if (found == nullptr) return std::nullopt;
  const auto* text = found->get_if<std::string>();
  if (text != nullptr && !text->empty()) return *text;
  add_problem(fmt::format("takes a text that is not empty as {}", key));
  return std::nullopt;
}

std::vector<std::string> SettingReader::texts(std::string_view key) {
  const object::Value* found = take(key);
  auto list = found == nullptr ? std::nullopt : read_list(*found);
  if (!list) add_problem(fmt::format("needs a list of texts as {}, with at least one", key));
  return list.value_or(std::vector<std::string>{});
}

std::vector<std::string> SettingReader::text_or_texts(std::string_view key) {
  const object::Value* found = take(key);
  const auto* single = found == nullptr ? nullptr : found->get_if<std::string>();
  if (single != nullptr && !single->empty()) return {*single};
  auto list = found == nullptr ? std::nullopt : read_list(*found);
  if (!list) add_problem(fmt::format("needs a text or a list of texts as {}", key));
  return list.value_or(std::vector<std::string>{});
}

bool SettingReader::flag(std::string_view key) {
  const object::Value* found = take(key);
  if (found == nullptr) return false;
  const bool* value = found->get_if<bool>();
  if (value == nullptr) add_problem(fmt::format("takes true or false as {}", key));
  return value != nullptr && *value;
}

std::int64_t SettingReader::integer(std::string_view key, std::int64_t fallback, std::int64_t least,
                                    std::int64_t most) {
  const object::Value* found = take(key);
  if (found == nullptr) return fallback;
  const auto* number = found->get_if<std::int64_t>();
  if (number != nullptr && *number >= least && *number <= most) return *number;
  add_problem(fmt::format("takes a whole number from {} to {} as {}", least, most, key));
  return fallback;
}

std::string SettingReader::url(std::string_view key) {
  const std::string given = text(key);
  if (given.empty() || net::parse_url(given)) return given;
  add_problem(fmt::format("takes an http or https URL as {}", key));
  return {};
}

object::Object SettingReader::rest() {
  object::Object others;
  for (const object::Member& member : setting_) {
    if (known_.emplace(member.key).second) others.set(member.key, member.value);
  }
  return others;
}

void SettingReader::refuse_unknown_keys() {
  for (const object::Member& member : setting_) {
    if (!known_.contains(member.key)) add_problem(fmt::format("knows no setting {}", member.key));
  }
}

}  // namespace parse::auth
