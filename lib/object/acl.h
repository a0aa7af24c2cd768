#pragma once

#include <optional>
#include <string>
#include <vector>

#include "object/value.h"

namespace parse::object {

/// Who may read and write one object, as the two lists that storage keeps. The public entry is "*", a role "role:Name".
/// An absent list is open to all; an empty one only to the master key.
struct Acl {
  std::optional<std::vector<std::string>> readers;
  std::optional<std::vector<std::string>> writers;

  bool is_absent() const { return !readers && !writers; }
  friend bool operator==(const Acl&, const Acl&) = default;
};

/// Reads `{"<id>":{"read":true,"write":true}, "role:Name":{…}, "*":{…}}`. Entries without a true right grant nothing.
/// Throws kInvalidAcl (123) for `*unresolved` and for anything that is no map of maps.
/// Source: parse-server DatabaseController transformObjectACL; REST guide, "Access Control Lists".
Acl read_acl(const Value& value);

/// The wire form; readers first, then writers. Call only when the ACL is not absent.
Object write_acl(const Acl& acl);

}  // namespace parse::object
