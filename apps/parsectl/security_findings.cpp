#include "apps/parsectl/security_findings.h"

#include <algorithm>

#include "apps/parsectl/lookup.h"

namespace parse::ctl {

using object::Array;
using object::Object;
using object::Value;

void Checkup::add(bool failed, const Finding& finding) {
  ++checks;
  if (failed && std::find(findings.begin(), findings.end(), finding) == findings.end()) findings.push_back(finding);
}

void add_security_findings(const Object& report, Checkup& checkup) {
  for (const Value& group : report.at("report").as<Object>().at("groups").as<Array>()) {
    for (const Value& value : group.as<Object>().at("checks").as<Array>()) {
      const Object& check = value.as<Object>();
      checkup.add(text_at(check, "state") == "fail",
                  {text_at(check, "title"), text_at(check, "warning"), text_at(check, "solution")});
    }
  }
}

}  // namespace parse::ctl
