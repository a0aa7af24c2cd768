#include "rest/passwords.h"

namespace parse::rest {

object::Update password_changes(const auth::PasswordPolicy& policy, auth::PasswordHasher& hasher,
                                const NewPassword& change) {
  const auto accepts = [&](std::string_view password) {
    return change.functions.says_yes(kPasswordValidator, {{"password", password}}, true);
  };
  auth::check_password(policy, change.password, change.username, accepts);
  if (change.stored != nullptr) auth::check_password_history(policy, hasher, change.password, *change.stored);
  object::Update changes{{"_hashed_password", object::SetValue{hasher.hash(change.password)}}};
  if (policy.max_age.count() > 0)
    changes.push_back({"_password_changed_at", object::SetValue{object::Date{change.now}}});
  if (change.stored == nullptr) return changes;
  if (policy.history > 0) {
    changes.push_back({"_password_history", object::SetValue{auth::next_password_history(policy, *change.stored)}});
  }
  for (object::FieldUpdate& removal : reset_token_removal()) changes.push_back(std::move(removal));
  return changes;
}

object::Update reset_token_removal() {
  return {{"_perishable_token", object::DeleteField{}}, {"_perishable_token_expires_at", object::DeleteField{}}};
}

}  // namespace parse::rest
