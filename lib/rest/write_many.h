#pragma once

#include <string>
#include <vector>

#include "object/update_op.h"
#include "object/value.h"
#include "rest/context.h"
#include "rest/new_object.h"
#include "rest/write_rules.h"

/// Creating many objects of one class at the price of one: for /batch.
namespace parse::rest {

/// Whether objects of the class can be made together: those of built-in classes follow rules of their own, and hooks
/// see one at a time.
bool can_create_together(const Context& context, std::string_view class_name);

/// A create that has come as far as it can without storage.
struct PendingCreate {
  NewObject object;
  object::Update changes;
};

/// The first half of rest::create. Errors: those of rest::create but for kDuplicateValue (137).
PendingCreate begin_create(const Context& context, const std::string& class_name, object::Object body);
/// Stores all of them in one step. False when that failed: then none is stored, and each must be stored by
/// `store_created` to learn what becomes of it. Throws storage::Unavailable when the database went away, and nobody
/// knows whether they are stored.
bool store_together(const Context& context, const std::string& class_name, std::vector<PendingCreate>& creates);
/// Stores one. Errors: kDuplicateValue (137) and those of storage.
void store_created(const Context& context, const std::string& class_name, const PendingCreate& create);
/// The second half of rest::create, once the object is stored.
Written end_create(const Context& context, const std::string& class_name, PendingCreate create);

}  // namespace parse::rest
