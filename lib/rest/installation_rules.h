#pragma once

#include "rest/write_rules.h"

namespace parse::rest {

constexpr const char* kInstallationClass = "_Installation";

/// _Installation: a device is one row. Identifiers are brought into the form in which they are kept: installationId,
/// and a deviceToken of 64 characters (Apple's), in lower case, an empty installationId as null. Rows that carry the
/// same identifiers are merged, deleted or relieved of their token, as the options `installation.*` say.
///
/// Two requests that make the same installation at the same time are told apart by the unique index on installationId:
/// the later one gets kDuplicateValue (137) from storage and has to begin anew, which then finds the row.
///
/// Source: REST spec, "Installations"; parse-server RestWrite handleInstallation, InstallationDedup.
class InstallationRules final : public WriteRules {
 public:
  /// Turns the draft to the row that the write is about.
  /// Errors: kMissingRequiredField (135) when an identifier or the deviceType of a new row is missing; kImmutableField
  /// (136) when one would change; kInstallationConflict (132) when the token fits several rows; kObjectNotFound (101)
  /// for an unknown id; kIncorrectType (111) for an identifier that is no text.
  std::optional<Written> begin(Draft& draft) override;
};

}  // namespace parse::rest
