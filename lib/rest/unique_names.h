#pragma once

#include <string>

#include "object/update_op.h"
#include "rest/write_rules.h"

/// Usernames and e-mail addresses: one user for each, whatever the case. Source: parse-server RestWrite
/// _validateUserName, _validateEmail.
namespace parse::rest {

/// Throws kUsernameTaken (202) when somebody else has the username of the draft.
void check_username(const Draft& draft);
/// Throws kInvalidEmailAddress (125) for what is no address, kEmailTaken (203) when somebody else has it.
void check_email(const Draft& draft);

/// The text that `changes` put into `field`; nullptr when they put none there.
const std::string* find_text(const object::Update& changes, std::string_view field);
bool has_text(const object::Update& changes, std::string_view field);
/// Puts `text` into `field`, in place of what the changes say of it.
void set_text(object::Update& changes, const std::string& field, std::string text);
/// Puts a text into lower case (ASCII letters).
void lower_case(object::Update& changes, std::string_view field);

}  // namespace parse::rest
