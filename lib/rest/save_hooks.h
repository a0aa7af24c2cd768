#pragma once

#include <optional>
#include <string>
#include <vector>

#include "object/value.h"
#include "rest/hooks.h"
#include "rest/write_rules.h"

namespace parse::rest {

/// Whether a save of the class calls Cloud Code.
bool has_save_hooks(const Context& context, std::string_view class_name);

/// The hooks around one save: `before`, then storing, then `tell_changes` and `after`. Without hooks nothing costs
/// anything. Source: parse-server RestWrite runBeforeSaveTrigger, runAfterSaveTrigger.
class SaveHooks {
 public:
  SaveHooks(const Context& context, const std::string& class_name);

  /// Calls beforeSave; `draft.body` becomes what it made of it. For a change the object must exist and be writable by
  /// the caller: kObjectNotFound (101) otherwise. Throws what the hook threw.
  void before(Draft& draft);
  /// Adds to the response what beforeSave has changed.
  void tell_changes(object::Object& response) const;
  /// Calls afterSave with the object as it is stored; what it fails with is logged, what it returns becomes the
  /// response, and so do values it has set.
  void after(const Draft& draft, object::Object stored, object::Object& response);

 private:
  void read_original(const Draft& draft);
  void note_reverted(const object::Object& body, const object::Object& changed);
  void take_over(Draft& draft, object::Object changed);

  const Context& context_;
  const cloud::Hook* before_ = nullptr;
  const cloud::Hook* after_ = nullptr;
  /// As the caller sees it; nothing for a new object.
  std::optional<object::Object> original_;
  /// What beforeSave changed: field -> value, or operator, as in a body.
  object::Object changed_;
};

}  // namespace parse::rest
