#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "client/rest_client.h"
#include "object/value.h"
#include "schema/class_schema.h"
#include "storage/adapter.h"

namespace parse::transfer {

/// Some objects of a class, in order.
struct PageRequest {
  std::string class_name;
  /// In Parse's JSON form.
  object::Object where = {};
  /// Field names; ascending.
  std::vector<std::string> order = {};
  /// Fields to read; empty: all.
  std::vector<std::string> keys = {};
  std::int64_t limit = 0;
};

/// Rows that were read; what it throws ends the reading.
using TakePage = std::function<void(const object::Array&)>;

/// Where objects are exported from. One thread. Errors: client::Unreachable and client::Refusal, or those of storage;
/// kInvalidQuery (102) and its kin for a bad `where`.
class Source {
 public:
  virtual ~Source() = default;

  virtual const schema::Schema& schema() const = 0;
  virtual object::Array read(const PageRequest& request) = 0;
  /// Hands out the members of a relation that match `where`, in pages, by owner and member.
  virtual void read_members(const std::string& join_class, const object::Object& where, const TakePage& take) = 0;
  /// How many objects a class, or members a relation, has.
  virtual std::int64_t count(const std::string& class_name) = 0;
};

/// `first` and `second`, as one `where`.
object::Object both(const object::Object& first, object::Object second);
/// What comes after an object, in the order of ids.
object::Object after_object(const object::Value& id);
/// What comes after a member of a relation, by owner and member.
object::Object after_member(const std::string& owning_id, const std::string& related_id);

/// Straight from a database, with all that it holds.
class StorageSource final : public Source {
 public:
  /// `storage` must outlive it.
  explicit StorageSource(storage::Adapter& storage);

  const schema::Schema& schema() const override { return schema_; }
  object::Array read(const PageRequest& request) override;
  void read_members(const std::string& join_class, const object::Object& where, const TakePage& take) override;
  std::int64_t count(const std::string& class_name) override;

 private:
  storage::Adapter& storage_;
  schema::Schema schema_;
};

/// From a running server, which keeps its internal columns for itself: hashes of passwords are among them.
class RestSource final : public Source {
 public:
  /// `server` must outlive it.
  explicit RestSource(client::RestClient& server);

  const schema::Schema& schema() const override { return schema_; }
  object::Array read(const PageRequest& request) override;
  void read_members(const std::string& join_class, const object::Object& where, const TakePage& take) override;
  std::int64_t count(const std::string& class_name) override;

 private:
  client::RestClient& server_;
  schema::Schema schema_;
};

}  // namespace parse::transfer
