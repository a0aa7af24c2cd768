#pragma once

#include "apps/parsectl/checkup.h"

namespace parse::ctl {

/// Adds the checks of a report as `GET /security` gives it.
void add_security_findings(const object::Object& report, Checkup& checkup);

}  // namespace parse::ctl
