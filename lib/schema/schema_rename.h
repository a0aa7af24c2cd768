#pragma once

#include <string>

#include "object/value.h"

/// The two edits of a class (bodies of PUT /schemas/<class>) by which a field gets another name, with the values copied
/// in between. `definition` is the class as the schema API shows it.
namespace parse::schema {

/// Adds the new field, free of `required` and a default value as long as objects lack it, and hides it from whom the
/// old one is hidden. Empty when that is done already.
object::Object rename_preparation(const object::Object& definition, const std::string& old_name,
                                  const std::string& new_name);

/// Drops the indexes whose `where` names the old field, but no key does: they do not go with it, and rename_completion
/// makes them anew. Empty when there are none.
object::Object rename_index_drops(const object::Object& definition, const std::string& old_name,
                                  const std::string& new_name);

/// Deletes the old field and, in the same edit, gives its options, indexes and permissions to the new one.
object::Object rename_completion(const object::Object& definition, const std::string& old_name,
                                 const std::string& new_name);

}  // namespace parse::schema
