#pragma once

#include <string>
#include <string_view>

#include "object/value.h"

/// Texts with placeholders, in the Mustache language: `{{name}}`, `{{#list}}…{{/list}}`, `{{^missing}}…{{/missing}}`.
namespace parse::templates {

/// What a text is, and so how the values put into it are written.
enum class Markup { kPlain, kHtml };

/// `text` with its placeholders replaced by the members of `values`; those that have no value become nothing. In HTML
/// every value is escaped, by `{{{name}}}` too: nothing that comes from a request can become markup, nor end the string
/// of a script or an attribute that holds the placeholder. Throws kInternal (1), naming the mistake as cause, for a
/// text that is no template.
std::string render(std::string_view text, const object::Object& values, Markup markup);

/// `text` as characters of an HTML text, of an attribute in quotes, or of a JavaScript string.
std::string escape_html(std::string_view text);

}  // namespace parse::templates
