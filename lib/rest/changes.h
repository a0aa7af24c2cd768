#pragma once

#include "object/update_op.h"
#include "object/value.h"
#include "rest/context.h"

namespace parse::rest {

/// Reads a POST or PUT body into changes, one for each key. Refuses denied keywords (105), `$` and `.` in nested keys
/// (121) and bad ACLs (123). createdAt, updatedAt given as Dates are dropped: the server sets them.
object::Update read_changes(const Context& context, object::Object body);

/// True when the operator's result belongs into the response: everything but plain values, Delete and relations.
bool is_echoed(const object::UpdateOp& op);

}  // namespace parse::rest
