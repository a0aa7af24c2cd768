#include "storage/sqlite/write.h"

#include <fmt/format.h>

#include "storage/sqlite/columns.h"
#include "storage/sqlite/find_sql.h"
#include "storage/sqlite/where_sql.h"

namespace parse::storage::sqlite {

sql::SqlText insert_sql(const schema::Schema& schema, const std::string& class_name, const object::Object& object) {
  const schema::ClassSchema* class_schema = schema.find(class_name);
  if (class_schema == nullptr)
    throw Error(ErrorCode::kInternal, "Internal server error.",
                fmt::format("class {} is not in the schema", class_name));
  std::vector<ColumnValue> columns;
  columns.reserve(object.size() + 2);
  for (const object::Member& member : object) {
    const schema::Field* field = class_schema->find_field(member.key);
    if (field == nullptr)
      throw Error(ErrorCode::kInternal, "Internal server error.",
                  fmt::format("field {}.{} is not in the schema", class_name, member.key));
    if (!member.value.is_null()) encode_field(*field, &member.value, columns);
  }
  sql::SqlText sql;
  sql.raw("INSERT INTO ").identifier(class_name).raw(" (");
  for (std::size_t i = 0; i < columns.size(); ++i) sql.raw(i > 0 ? "," : "").identifier(columns[i].column);
  sql.raw(") VALUES (");
  for (std::size_t i = 0; i < columns.size(); ++i) sql.raw(i > 0 ? "," : "").bind(std::move(columns[i].value));
  sql.raw(")");
  return sql;
}

std::int64_t remove_objects(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                            const query::Where& where) {
  const schema::ClassSchema* class_schema = schema.find(class_name);
  if (class_schema == nullptr) return 0;
  sql::SqlText sql;
  sql.raw("DELETE FROM ").identifier(class_name).raw(" AS ").raw(kMainAlias).raw(" WHERE ");
  WhereSql(schema, sql).append(*class_schema, kMainAlias, where);
  return connection.run(sql);
}

void change_members(Connection& connection, const object::Pointer& owner, const std::string& key,
                    const object::ChangeRelation& change) {
  const std::string table = join_table(owner.class_name, key);
  for (const object::Pointer& related : change.added) {
    sql::SqlText sql;
    sql.raw("INSERT OR IGNORE INTO ").identifier(table).raw(" (\"owningId\", \"relatedId\") VALUES (");
    sql.bind(std::string_view(owner.object_id)).raw(",").bind(std::string_view(related.object_id)).raw(")");
    connection.run(sql);
  }
  for (const object::Pointer& related : change.removed) {
    sql::SqlText sql;
    sql.raw("DELETE FROM ").identifier(table).raw(" WHERE \"owningId\" = ").bind(std::string_view(owner.object_id));
    connection.run(sql.raw(" AND \"relatedId\" = ").bind(std::string_view(related.object_id)));
  }
}

}  // namespace parse::storage::sqlite
