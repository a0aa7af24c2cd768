#pragma once

#include <set>
#include <string>
#include <vector>

#include "object/value.h"
#include "schema/schema_diff.h"

/// Differences as calls of the schema API, in an order in which each one can be made.
namespace parse::schema {

enum class StepCall { kCreate, kUpdate, kDelete };

/// One call: POST, PUT or DELETE of /schemas/<class>. The server does it wholly or not at all.
struct Step {
  /// What it does, for people: the lines of its changes.
  std::string text;
  StepCall call = StepCall::kUpdate;
  std::string class_name;
  object::Object body;
};

/// Classes come before pointers to them; what goes away goes before what comes under the same name; indexes come after
/// their fields, permissions after the fields they name, and deleted classes last. A new class never has wider
/// permissions than it is to have: it stays closed until they can be set. `existing` are the classes there now.
std::vector<Step> plan(const std::vector<Change>& changes, const std::set<std::string>& existing);

/// Plays the steps through on `have`, the definitions of the classes as they are, by the rules of the server. Throws
/// the Error by which the server would refuse one, naming it.
void check_plan(const std::vector<Step>& steps, const object::Array& have);

}  // namespace parse::schema
