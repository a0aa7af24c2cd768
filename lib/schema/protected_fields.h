#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "object/value.h"

/// Fields of a class that a caller may not see. Source: REST spec, "Access control", 5; parse-server DatabaseController
/// addProtectedFields and filterSensitiveData.
namespace parse::schema {

/// Whose view it is: empty for callers without a session.
struct Viewer {
  std::string_view user_id;
  /// "role:Name" entries.
  const std::vector<std::string>& roles;
};

/// The rules of one class as they apply to one viewer.
class ProtectedFields {
 public:
  /// `of_class` is `protectedFields` of the class-level permissions, `of_server` the class's part of the option of that
  /// name; either may be nullptr. The sets of a group that both name are joined. What is hidden is what every group of
  /// the viewer hides: "*", and with a session "authenticated", the roles and the user's id.
  ProtectedFields(const object::Object* of_class, const object::Object* of_server, const Viewer& viewer);

  /// Hidden in every object, but for what by_user_field() shows again.
  const std::vector<std::string>& hidden() const { return hidden_; }
  /// True for a field, or a path into it, that is hidden.
  bool hides(std::string_view path) const;
  /// Fields whose users see more (`userField:<field>`), as far as they matter.
  std::vector<std::string> user_fields() const;
  /// What is hidden in `object`, whose user_fields() must have been read.
  std::vector<std::string> hidden_in(const object::Object& object) const;

 private:
  struct UserFieldRule {
    std::string field;
    std::vector<std::string> hidden;
  };

  std::string user_id_;
  std::vector<std::string> hidden_;
  std::vector<UserFieldRule> by_user_field_;
};

}  // namespace parse::schema
