#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/adapter.h"
#include "storage/postgres/group_writer.h"
#include "storage/sql/update_plan.h"

/// The writes of the contract on one connection; see storage/adapter.h.
namespace parse::storage::postgres {

/// The INSERT of a new object; its values borrow from `object`.
WriteStatement insert_statement(const schema::Schema& schema, const std::string& class_name,
                                const object::Object& object);
/// Stores new objects of one class in one statement: all, or none.
void insert_objects(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                    const std::vector<const object::Object*>& objects);

/// The same for any number of objects; more than one statement when there are very many, then in the caller's
/// transaction.
void insert_many(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                 const std::vector<object::Object>& objects);

/// One update request, translated. `schema` and `request` must outlive it.
class ObjectUpdate {
 public:
  ObjectUpdate(const schema::Schema& schema, const UpdateRequest& request);

  /// It takes several statements, which must be in a transaction.
  bool needs_transaction() const { return plan_.reads_first() || !plan_.relations().empty(); }
  /// The objectId, when all of it is one statement about one object.
  std::optional<std::string> only_object() const;
  /// That statement.
  WriteStatement statement() const;
  /// Changes the first match and returns it as it is afterwards.
  std::optional<object::Object> run_first(Connection& connection) const;
  /// Changes every match; returns how many.
  std::int64_t run_all(Connection& connection) const;

 private:
  sql::SqlText update_sql(bool only_first) const;
  std::vector<object::Object> read_matches(Connection& connection, bool only_first) const;
  std::optional<object::Object> write_row(Connection& connection, object::Object& row) const;
  WriteStatement returning(sql::SqlText update) const;
  std::optional<object::Object> run_returning(Connection& connection, sql::SqlText update) const;
  void change_relations(Connection& connection, const std::string& object_id) const;

  const schema::Schema& schema_;
  const UpdateRequest& request_;
  sql::UpdatePlan plan_;
};

std::int64_t remove_objects(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                            const query::Where& where);
void change_members(Connection& connection, const object::Pointer& owner, const std::string& key,
                    const object::ChangeRelation& change);

}  // namespace parse::storage::postgres
