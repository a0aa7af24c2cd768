#pragma once

#include <optional>
#include <string>

#include "object/value.h"
#include "rest/hooks.h"

namespace parse::rest {

/// Whether any class has a beforeFind.
bool has_find_hooks(const Context& context);
/// A condition in Parse's JSON, its sub-queries as the beforeFind of their classes want them. Throws what hooks throw.
object::Value with_hooked_subqueries(const Context& context, object::Value where);

/// The hooks around one read. Without hooks nothing costs anything. Source: parse-server rest.js, triggers.js
/// maybeRunQueryTrigger, maybeRunAfterFindTrigger.
class FindHooks {
 public:
  FindHooks(const Context& context, const std::string& class_name, bool is_get);

  bool any() const { return before_ != nullptr || after_ != nullptr; }
  bool has_after() const { return after_ != nullptr; }
  /// The parameters of the read as beforeFind wants them: `where` is an Object then. Throws what the hook threw.
  object::Object before(object::Object params);
  /// What beforeFind answered in place of the database, as far as the caller may read it.
  const std::optional<object::Array>& instead() const { return instead_; }
  /// The rows as afterFind wants them. Throws what the hook threw.
  object::Array after(const object::Object& params, object::Array rows) const;

 private:
  HookCall call_of(cloud::HookKind kind, const object::Object& params) const;

  const Context& context_;
  const std::string& class_name_;
  const bool is_get_;
  const cloud::Hook* before_ = nullptr;
  const cloud::Hook* after_ = nullptr;
  std::optional<object::Array> instead_;
};

}  // namespace parse::rest
