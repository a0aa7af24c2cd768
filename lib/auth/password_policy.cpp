#include "auth/password_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/error.h"

namespace parse::auth {
namespace {

[[noreturn]] void refuse(std::string message) { throw Error(ErrorCode::kValidationError, std::move(message)); }

/// A password that drives the pattern to its limits is none that it describes.
bool matches_in_time(const query::CompiledRegex& pattern, std::string_view password) {
  try {
    return pattern.matches(password);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kInvalidQuery) throw;
    return false;
  }
}

const std::string* text_member(const object::Object& user, std::string_view key) {
  const object::Value* value = user.find(key);
  return value ? value->get_if<std::string>() : nullptr;
}

/// The hashes of earlier passwords, the oldest first.
std::vector<std::string> earlier_hashes(const object::Object& user) {
  std::vector<std::string> hashes;
  const object::Value* history = user.find("_password_history");
  const object::Array* list = history ? history->get_if<object::Array>() : nullptr;
  if (list == nullptr) return hashes;
  for (const object::Value& hash : *list) {
    if (const auto* text = hash.get_if<std::string>()) hashes.push_back(*text);
  }
  return hashes;
}

/// What remains of `hashes` when only the newest `count` are kept.
void keep_newest(std::vector<std::string>& hashes, std::size_t count) {
  if (hashes.size() > count) hashes.erase(hashes.begin(), hashes.end() - static_cast<std::ptrdiff_t>(count));
}

}  // namespace

void check_password(const PasswordPolicy& policy, std::string_view password, std::string_view username,
                    const std::function<bool(std::string_view)>& accepts) {
  const bool matches = !policy.pattern || matches_in_time(*policy.pattern, password);
  if (!matches || (accepts && !accepts(password))) {
    refuse(policy.validation_error.empty() ? "Password does not meet the Password Policy requirements."
                                           : policy.validation_error);
  }
  if (policy.refuse_username && !username.empty() && password.find(username) != std::string_view::npos) {
    refuse("Password cannot contain your username.");
  }
}

void check_password_history(const PasswordPolicy& policy, PasswordHasher& hasher, std::string_view password,
                            const object::Object& user) {
  if (policy.history == 0) return;
  std::vector<std::string> hashes = earlier_hashes(user);
  keep_newest(hashes, policy.history - 1);
  if (const std::string* current = text_member(user, "_hashed_password")) hashes.push_back(*current);
  for (const std::string& hash : hashes) {
    if (!hasher.matches(password, hash)) continue;
    refuse(fmt::format("New password should not be the same as last {} passwords.", policy.history));
  }
}

object::Array next_password_history(const PasswordPolicy& policy, const object::Object& user) {
  std::vector<std::string> hashes = earlier_hashes(user);
  if (const std::string* current = text_member(user, "_hashed_password")) hashes.push_back(*current);
  // The new password is the newest of those that count; it is stored elsewhere.
  keep_newest(hashes, std::max<std::size_t>(policy.history, 2) - 1);
  object::Array history;
  for (std::string& hash : hashes) history.emplace_back(std::move(hash));
  return history;
}

bool is_password_too_old(const PasswordPolicy& policy, object::Date changed_at, Milliseconds now) {
  if (policy.max_age.count() == 0) return false;
  return changed_at.time + policy.max_age.count() < now;
}

}  // namespace parse::auth
