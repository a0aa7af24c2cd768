#include "auth/account_lockout.h"

#include <fmt/format.h>

#include "base/error.h"
#include "query/where.h"

namespace parse::auth {
namespace {

constexpr const char* kClass = "_User";
constexpr const char* kCount = "_failed_login_count";
constexpr const char* kLockedUntil = "_account_lockout_expires_at";

Error locked(const AccountLockout& lockout) {
  return Error(
      ErrorCode::kObjectNotFound,
      fmt::format("Your account is locked due to multiple failed login attempts. Please try again after {} minute(s)",
                  lockout.duration.count()));
}

query::Where the_user(const LoginAttempt& attempt) {
  query::Where where;
  where.conditions.push_back(query::FieldCondition{"objectId", query::Equal{attempt.user_id}});
  return where;
}

/// The user, unless he is locked at the moment.
query::Where the_user_unlocked(const AccountLockout& lockout, const LoginAttempt& attempt) {
  using query::Comparison;
  query::Where is_locked;
  is_locked.conditions.push_back(
      query::FieldCondition{kLockedUntil, query::Compare{Comparison::kGreater, object::Date{attempt.now}}});
  is_locked.conditions.push_back(
      query::FieldCondition{kCount, query::Compare{Comparison::kGreaterOrEqual, lockout.threshold}});
  query::Where where = the_user(attempt);
  where.conditions.push_back(query::Nor{{std::move(is_locked)}});
  return where;
}

std::optional<object::Object> change(const LoginAttempt& attempt, query::Where where, object::Update changes) {
  return attempt.storage.update(attempt.schema, {kClass, std::move(where), std::move(changes), std::nullopt});
}

}  // namespace

void count_right_password(const AccountLockout& lockout, const LoginAttempt& attempt) {
  if (lockout.threshold == 0) return;
  const object::Update no_failures{{kCount, object::SetValue{0}}};
  if (!change(attempt, the_user_unlocked(lockout, attempt), no_failures)) throw locked(lockout);
}

void count_wrong_password(const AccountLockout& lockout, const LoginAttempt& attempt) {
  if (lockout.threshold == 0) return;
  const object::Update one_more{{kCount, object::Increment{1}}};
  const auto counted = change(attempt, the_user_unlocked(lockout, attempt), one_more);
  if (!counted) throw locked(lockout);
  const double count = counted->at(kCount).number();
  if (count < static_cast<double>(lockout.threshold)) return;
  const auto life = std::chrono::duration_cast<std::chrono::milliseconds>(lockout.duration);
  change(attempt, the_user(attempt), {{kLockedUntil, object::SetValue{object::Date{attempt.now + life.count()}}}});
  if (count > static_cast<double>(lockout.threshold)) throw locked(lockout);
}

object::Update unlock_changes(const AccountLockout& lockout) {
  if (lockout.threshold == 0 || !lockout.unlock_on_password_reset) return {};
  return {{kCount, object::DeleteField{}}, {kLockedUntil, object::DeleteField{}}};
}

}  // namespace parse::auth
