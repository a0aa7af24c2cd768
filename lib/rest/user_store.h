#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/worker_pool.h"
#include "object/update_op.h"
#include "object/value.h"
#include "query/where.h"
#include "rest/schema_service.h"
#include "storage/adapter.h"

namespace parse::rest {

/// Users as stored, for what the server does with them of its own accord. Any thread.
class UserStore {
 public:
  /// Both must outlive it.
  UserStore(storage::Adapter& storage, SchemaService& schemas);

  /// The first user that matches, internal fields included.
  std::optional<object::Object> find(query::Where where) const;
  /// Changes the first user that matches, in one atomic step, and returns him as he is afterwards. `updated_at`: see
  /// storage::UpdateRequest.
  std::optional<object::Object> change(query::Where where, object::Update changes,
                                       std::optional<object::Date> updated_at = std::nullopt) const;
  /// Deletes the sessions of a user.
  void remove_sessions(const std::string& user_id) const;

  /// Runs `work` so that the caller cannot tell by his answer or its time what it did: in the background, where errors
  /// are logged. Throws kRequestLimitExceeded (155) when too much waits there.
  void run_hidden(std::function<void()> work);

 private:
  storage::Adapter& storage_;
  SchemaService& schemas_;
  WorkerPool background_;
};

/// The field of a user as stored equals `value`.
query::Condition user_field_is(std::string field, object::Value value);
/// A text field of a user; empty when there is none.
std::string user_text(const object::Object& user, std::string_view field);
/// A date field of a user.
std::optional<object::Date> user_date(const object::Object& user, std::string_view field);

}  // namespace parse::rest
