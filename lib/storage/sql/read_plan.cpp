#include "storage/sql/read_plan.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "storage/sql/columns.h"

namespace parse::storage::sql {
namespace {

using Decoder = ColumnReader::Decoder;
using schema::FieldKind;

Decoder decoder_of(const schema::Field& field) {
  switch (field.type.kind) {
    case FieldKind::kString:
      return Decoder::kText;
    case FieldKind::kNumber:
      return Decoder::kNumber;
    case FieldKind::kBoolean:
      return Decoder::kBoolean;
    case FieldKind::kDate:
      return field.name == "createdAt" || field.name == "updatedAt" ? Decoder::kTimestamp : Decoder::kDate;
    case FieldKind::kObject:
    case FieldKind::kArray:
      return Decoder::kJson;
    case FieldKind::kPolygon:
      return Decoder::kPolygon;
    case FieldKind::kGeoPoint:
      return Decoder::kGeoPoint;
    case FieldKind::kFile:
      return Decoder::kFile;
    case FieldKind::kBytes:
      return Decoder::kBytes;
    case FieldKind::kPointer:
      return Decoder::kPointer;
    case FieldKind::kRelation:
      return Decoder::kRelation;
    case FieldKind::kAcl:
      break;
  }
  return Decoder::kAcl;
}

bool is_selected(const schema::Field& field, const std::optional<std::vector<std::string>>& keys) {
  const bool is_always_there =
      is_never_null(field.name) || field.type.kind == FieldKind::kAcl || field.type.kind == FieldKind::kRelation;
  if (!keys || is_always_there) return true;
  return std::find(keys->begin(), keys->end(), field.name) != keys->end();
}

}  // namespace

ReadPlan plan_read(std::shared_ptr<const schema::ClassSchema> class_schema,
                   const std::optional<std::vector<std::string>>& keys, const ColumnsOf& columns_of) {
  ReadPlan plan;
  for (const schema::Field& field : class_schema->fields) {
    if (!is_selected(field, keys)) continue;
    plan.readers.push_back(
        {decoder_of(field), static_cast<int>(plan.columns.size()), field.name, field.type.target_class});
    std::ranges::move(columns_of(field), std::back_inserter(plan.columns));
  }
  plan.class_schema = std::move(class_schema);
  return plan;
}

void append_columns(const ReadPlan& plan, std::string_view alias, SqlText& out) {
  bool first = true;
  for (const std::string& column : plan.columns) {
    if (!first) out.raw(",");
    first = false;
    out.column(alias, column);
  }
}

std::string read_key(const schema::ClassSchema* class_schema, const std::optional<std::vector<std::string>>& keys,
                     std::string_view rest) {
  std::string key;
  key.reserve(rest.size() + 64);
  key.append(reinterpret_cast<const char*>(&class_schema), sizeof class_schema);
  if (keys) {
    for (const std::string& name : *keys) key.append(name).append(",");
  }
  key += keys ? 'k' : '*';
  key += rest;
  return key;
}

}  // namespace parse::storage::sql
