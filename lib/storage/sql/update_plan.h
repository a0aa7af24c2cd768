#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/adapter.h"
#include "storage/sql/columns.h"
#include "storage/sql/sql_text.h"

namespace parse::storage::sql {

/// The columns that hold `value` in a field; nullptr empties them. Strings may be borrowed from `value`.
using EncodeField =
    std::function<void(const schema::Field& field, const object::Value* value, std::vector<ColumnValue>& out)>;

/// One update request sorted into what one statement can do and what has to look at the object first. `request` must
/// outlive it.
class UpdatePlan {
 public:
  UpdatePlan(const schema::Schema& schema, const UpdateRequest& request, EncodeField encode);

  /// nullptr: no such class, nothing matches.
  const std::shared_ptr<const schema::ClassSchema>& class_schema() const { return class_schema_; }
  /// The changes depend on what a row holds: it must be read, and kept from others, before it is written.
  bool reads_first() const { return reads_first_; }
  const std::vector<const object::FieldUpdate*>& relations() const { return relations_; }
  /// The id in a condition objectId = "…" that must hold: one object at most matches.
  std::optional<std::string> only_id() const;

  /// `UPDATE … SET …` that does all of it in one statement; not when it `reads_first`.
  void append_update(SqlText& out) const;
  /// The same for one row: applies the changes to `object`, as it was read, and sets what they touched. The values
  /// borrow from `object`.
  void append_update_of(object::Object& object, SqlText& out) const;

 private:
  struct Sum {
    std::string column;
    SqlValue amount;
  };
  void plan_change(const object::FieldUpdate& change);
  std::vector<ColumnValue> changed_columns(object::Object& object) const;
  void append_assignments(const std::vector<ColumnValue>& columns, SqlText& out) const;

  const UpdateRequest& request_;
  EncodeField encode_;
  std::shared_ptr<const schema::ClassSchema> class_schema_;
  std::vector<ColumnValue> assignments_;
  std::vector<Sum> sums_;
  std::vector<const object::FieldUpdate*> relations_;
  bool reads_first_ = false;
};

/// The INSERT of new objects of one class, with a NULL where one has not what another has; the values borrow from
/// `objects`. Throws kInternal (1) when the schema lacks the class or a field.
SqlText insert_sql(const schema::Schema& schema, const std::string& class_name,
                   const std::vector<const object::Object*>& objects, const EncodeField& encode, Values values);

}  // namespace parse::storage::sql
