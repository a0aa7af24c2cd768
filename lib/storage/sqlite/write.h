#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage/adapter.h"
#include "storage/sql/update_plan.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/value_codec.h"
#include "storage/sqlite/write_queue.h"

/// The writes of the contract on the writer connection; see storage/adapter.h. What can be prepared before the writer
/// is held is prepared by the constructors and by insert_sql.
namespace parse::storage::sqlite {

/// The INSERT of a new object; its values borrow from `object`.
sql::SqlText insert_sql(const schema::Schema& schema, const std::string& class_name, const object::Object& object);

/// As insert_sql, for each of them.
std::vector<sql::SqlText> insert_sqls(const schema::Schema& schema, const std::string& class_name,
                                      const std::vector<object::Object>& objects);

/// One update request, translated. `schema` and `request` must outlive it.
class ObjectUpdate {
 public:
  ObjectUpdate(const schema::Schema& schema, const UpdateRequest& request);

  /// kOneStatement when nothing has to be read first and no relation changes.
  WriteSize size() const;
  /// Changes the first match and returns it as it is afterwards.
  std::optional<object::Object> run_first(Connection& connection) const;
  /// Changes every match; returns how many.
  std::int64_t run_all(Connection& connection) const;

 private:
  struct Row {
    std::int64_t row = 0;
    object::Object object;
  };
  std::vector<Row> read_matches(Connection& connection, bool only_first) const;
  std::optional<object::Object> write_row(Connection& connection, Row& row) const;
  void append_match(bool only_first, sql::SqlText& out) const;
  std::optional<object::Object> run_returning(Connection& connection, const sql::SqlText& update) const;
  void change_relations(Connection& connection, const std::string& object_id) const;

  const schema::Schema& schema_;
  const UpdateRequest& request_;
  sql::UpdatePlan plan_;
};

std::int64_t remove_objects(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                            const query::Where& where);
void change_members(Connection& connection, const object::Pointer& owner, const std::string& key,
                    const object::ChangeRelation& change);

}  // namespace parse::storage::sqlite
