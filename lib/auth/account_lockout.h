#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "object/update_op.h"
#include "object/value.h"
#include "schema/class_schema.h"
#include "storage/adapter.h"

namespace parse::auth {

/// After how many failed logins an account is locked, and for how long. Source: option `accountLockout`; parse-server
/// AccountLockout.
struct AccountLockout {
  /// 1 to 999 failed logins in a row; 0: accounts are never locked.
  std::int64_t threshold = 0;
  /// 1 to 99999.
  std::chrono::minutes duration{0};
  /// A new password by way of a reset link ends the lock.
  bool unlock_on_password_reset = false;
};

/// What counting a login needs of the request.
struct LoginAttempt {
  storage::Operations& storage;
  const schema::Schema& schema;
  std::string user_id;
  Milliseconds now = 0;
};

/// Counts a login whose password was right, which ends a row of failures. Throws kObjectNotFound (101) "Your account is
/// locked …" when the account is locked: then the password does not help. One atomic step in storage, so that of many
/// logins at once none slips past a lock that another has set.
void count_right_password(const AccountLockout& lockout, const LoginAttempt& attempt);

/// Counts a login whose password was wrong, and locks the account when it was one too many. Throws kObjectNotFound
/// (101) "Your account is locked …" when it is locked already, or was before and had no right password since. The count
/// is raised in storage, so that logins at once count one by one.
void count_wrong_password(const AccountLockout& lockout, const LoginAttempt& attempt);

/// What ends a lock, to be written with the new password of a reset; empty unless the settings say so.
object::Update unlock_changes(const AccountLockout& lockout);

}  // namespace parse::auth
