#include "query/redirect.h"

namespace parse::query {

std::string redirected_class(const schema::Schema& schema, const std::string& class_name,
                             const std::optional<std::string>& key) {
  const schema::ClassSchema* found = key ? schema.find(class_name) : nullptr;
  const schema::Field* field = found ? found->find_field(*key) : nullptr;
  const bool redirects = field != nullptr && field->type.kind == schema::FieldKind::kRelation;
  return redirects ? field->type.target_class : class_name;
}

}  // namespace parse::query
