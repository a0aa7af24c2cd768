#include "rest/unique_names.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/error.h"
#include "logging/logger.h"
#include "rest/accounts.h"
#include "rest/user_rows.h"

namespace parse::rest {
namespace {

/// Something, an "@", something, all on one line. Source: parse-server RestWrite _validateEmail.
bool is_address(std::string_view text) {
  if (text.find_first_of("\r\n") != std::string_view::npos) return false;
  const std::size_t at = text.find('@', 1);
  return at != std::string_view::npos && at + 1 < text.size();
}

}  // namespace

void check_username(const Draft& draft) {
  const std::string* name = find_text(draft.changes, "username");
  if (name == nullptr || name->empty()) return;
  if (is_taken(draft.context, "username", *name, draft.id)) {
    if (draft.creating)
      logging::log(draft.context.accounts.settings.username_taken_level, "signup with a name that is taken");
    throw Error(ErrorCode::kUsernameTaken, "Account already exists for this username.");
  }
}

void check_email(const Draft& draft) {
  const std::string* address = find_text(draft.changes, "email");
  if (address == nullptr || address->empty()) return;
  if (!is_address(*address)) throw Error(ErrorCode::kInvalidEmailAddress, "Email address format is invalid.");
  if (is_taken(draft.context, "email", *address, draft.id)) {
    throw Error(ErrorCode::kEmailTaken, "Account already exists for this email address.");
  }
}

const std::string* find_text(const object::Update& changes, std::string_view field) {
  for (const auto& [path, op] : changes) {
    const auto* set = path == field ? std::get_if<object::SetValue>(&op) : nullptr;
    if (set != nullptr) return set->value.get_if<std::string>();
  }
  return nullptr;
}

bool has_text(const object::Update& changes, std::string_view field) {
  const std::string* text = find_text(changes, field);
  return text != nullptr && !text->empty();
}

void set_text(object::Update& changes, const std::string& field, std::string text) {
  std::erase_if(changes, [&](const object::FieldUpdate& change) { return change.path == field; });
  changes.push_back({field, object::SetValue{std::move(text)}});
}

void lower_case(object::Update& changes, std::string_view field) {
  for (auto& [path, op] : changes) {
    auto* set = path == field ? std::get_if<object::SetValue>(&op) : nullptr;
    std::string* text = set ? set->value.get_if<std::string>() : nullptr;
    if (text == nullptr) continue;
    *text = ascii_lower(*text);
  }
}

}  // namespace parse::rest
