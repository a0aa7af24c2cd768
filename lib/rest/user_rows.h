#pragma once

#include <optional>
#include <string>
#include <vector>

#include "object/value.h"
#include "query/where.h"
#include "rest/context.h"

namespace parse::rest {

/// Users as they are stored, internal columns and authData included: for the server's own use, never for an answer.
std::vector<object::Object> find_users(const Context& context, query::Where where, std::int64_t limit);
std::optional<object::Object> find_user(const Context& context, const std::string& id);
/// Whether somebody else than `own_id` has this text in `field`, whatever its case.
bool is_taken(const Context& context, const std::string& field, const std::string& text, const std::string& own_id);

/// Changes one user without any rule; false when none matched. Errors: those of storage.
bool update_user(const Context& context, query::Where where, object::Update changes);
query::Where user_with_id(const std::string& id);

/// The text of a field; empty when there is none.
std::string text_of(const object::Object& user, std::string_view field);
/// The map of a field; nullptr when there is none.
const object::Object* map_of(const object::Object& user, std::string_view field);

/// The user as he sees himself: what login answers. The master and maintenance keys see what they always see. When
/// class-level permissions or the ACL hide him even from himself: no more than his objectId.
/// Source: parse-server UsersRouter handleLogIn.
object::Object own_view(const Context& context, const std::string& user_id);

}  // namespace parse::rest
