#include "storage/sqlite/write.h"

#include "storage/sql/find_sql.h"
#include "storage/sqlite/columns.h"
#include "storage/sqlite/sqlite_where.h"

namespace parse::storage::sqlite {

sql::SqlText insert_sql(const schema::Schema& schema, const std::string& class_name, const object::Object& object) {
  return sql::insert_sql(schema, class_name, {&object}, encode_field, sql::Values::kBound);
}

std::vector<sql::SqlText> insert_sqls(const schema::Schema& schema, const std::string& class_name,
                                      const std::vector<object::Object>& objects) {
  std::vector<sql::SqlText> inserts;
  inserts.reserve(objects.size());
  for (const object::Object& object : objects) inserts.push_back(insert_sql(schema, class_name, object));
  return inserts;
}

std::int64_t remove_objects(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                            const query::Where& where) {
  const schema::ClassSchema* class_schema = schema.find(class_name);
  if (class_schema == nullptr) return 0;
  sql::SqlText sql;
  sql.raw("DELETE FROM ").identifier(class_name).raw(" AS ").raw(sql::kMainAlias).raw(" WHERE ");
  SqliteWhere(schema, sql).append(*class_schema, sql::kMainAlias, where);
  return connection.run(sql);
}

void change_members(Connection& connection, const object::Pointer& owner, const std::string& key,
                    const object::ChangeRelation& change) {
  const std::string table = sql::join_table(owner.class_name, key);
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
