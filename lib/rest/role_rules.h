#pragma once

#include "rest/write_rules.h"

namespace parse::rest {

/// _Role: an ACL is required (111), and cannot be deleted; whoever held a role, or one above it, may hold others now.
class RoleRules final : public WriteRules {
 public:
  std::optional<Written> begin(Draft& draft) override;
  void end(const Draft& draft, const object::Object& stored, object::Object& response) override;
  void end_removal(const Context& context, const ObjectId& object) override;
};

}  // namespace parse::rest
