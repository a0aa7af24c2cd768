#pragma once

#include "rest/write_rules.h"

namespace parse::rest {

/// _Role: whoever held a role, or one above it, may hold others now.
class RoleRules final : public WriteRules {
 public:
  void end(const Draft& draft, const object::Object& stored, object::Object& response) override;
};

}  // namespace parse::rest
