#pragma once

#include <string>

#include "object/value.h"

namespace parse::rest {

/// What the self-check looks at. Each flag is named after the weak setting.
struct SecurityFacts {
  std::string master_key = {};
  /// The password in the database's address; empty when it has none.
  std::string database_password = {};
  bool logs_report = false;
  bool clients_create_classes = false;
  bool users_are_public = false;
  bool has_insecure_auth_adapters = false;
  bool explain_is_public = false;
  bool master_key_from_everywhere = false;
  bool read_only_master_key_from_everywhere = false;
  bool maintenance_key_from_everywhere = false;
  bool lacks_complexity_limits = false;
  bool password_reset_tells_users = false;
  bool email_verification_tells_users = false;
};

/// `{"report":{"version":"1.0.0","state":"success"|"fail","groups":[{"name","state","checks":[{"title","state"}]}]}}`;
/// a failed check also has "warning" and "solution". Source: REST spec, "GET /security"; parse-server CheckRunner.
object::Object security_report(const SecurityFacts& facts);

/// The report as lines for the log.
std::string security_report_text(const object::Object& report);

/// At least 14 characters of three of the four kinds: capitals, small letters, digits, others.
bool is_strong_secret(const std::string& secret);

}  // namespace parse::rest
