#pragma once

#include "rest/write_rules.h"

namespace parse::rest {

/// _Session: clients make sessions only for themselves, and may not change what identifies one. Source: parse-server
/// RestWrite handleSession, destroyDuplicatedSessions.
class SessionRules final : public WriteRules {
 public:
  /// Errors: kInvalidSessionToken (209) without a session; kInvalidKeyName (105) for fields that are not for the
  /// caller.
  std::optional<Written> begin(Draft& draft) override;
  void settle(Draft& draft) override;
  void end(const Draft& draft, const object::Object& stored, object::Object& response) override;
  /// Throws kObjectNotFound (101) for a session that the caller does not see.
  void begin_removal(const Context& context, const ObjectId& object) override;
  void end_removal(const Context& context, const ObjectId& object) override;
};

}  // namespace parse::rest
