#include "storage/sql/columns.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace parse::storage::sql {

std::string join_table(std::string_view owning_class, std::string_view key) {
  return fmt::format("_Join:{}:{}", key, owning_class);
}

std::shared_ptr<const schema::ClassSchema> find_readable_class(const schema::Schema& schema, std::string_view name) {
  const auto found = schema.classes().find(name);
  if (found != schema.classes().end()) return found->second;
  constexpr std::string_view kPrefix = "_Join:";
  const std::size_t colon = name.find(':', kPrefix.size());
  if (!name.starts_with(kPrefix) || colon == std::string_view::npos) return nullptr;
  const schema::ClassSchema* owner = schema.find(name.substr(colon + 1));
  const schema::Field* field = owner ? owner->find_field(name.substr(kPrefix.size(), colon - kPrefix.size())) : nullptr;
  if (field == nullptr || field->type.kind != schema::FieldKind::kRelation) return nullptr;
  schema::ClassSchema join;
  join.name = name;
  for (const char* column : {"relatedId", "owningId"}) {
    join.fields.push_back({column, {schema::FieldKind::kString, {}}, false, std::nullopt});
  }
  return std::make_shared<const schema::ClassSchema>(std::move(join));
}

bool is_never_null(std::string_view field) {
  return field == "objectId" || field == "createdAt" || field == "updatedAt";
}

}  // namespace parse::storage::sql
