#pragma once

#include <memory>

#include "storage/adapter.h"
#include "transfer/target.h"

namespace parse::transfer {

/// What becomes of objects on their way into a database.
enum class Completion {
  /// As the server would make them: they get the defaults of their class, passwords are hashed.
  kAsMade,
  /// They were stored before, and nothing about them changes.
  kNone,
};

/// How often objects become durable.
enum class Durability {
  kEachCall,
  /// At keep(), so that many calls share the pages that they change. Objects must not be replaced then.
  kWhenKept,
};

/// Straight into a database: everything is kept as it is in the file, hashes of passwords included.
class StorageTarget final : public Target {
 public:
  /// `storage` must outlive it; no server may run on a database in a file meanwhile.
  explicit StorageTarget(storage::Adapter& storage, Completion completion = Completion::kAsMade,
                         Durability durability = Durability::kEachCall);

  const schema::Schema& schema() const override { return schema_; }
  void add_fields(const std::string& class_name, const std::vector<schema::Field>& fields) override;
  std::size_t group_size() const override { return stores_provisionally() ? 1000 : 4000; }
  std::set<std::string> existing(const std::string& class_name, const std::vector<std::string>& ids) override;
  std::vector<Outcome> create(const std::string& class_name, const std::vector<object::Object>& objects,
                              WhenExists when_exists) override;
  std::vector<Outcome> replace(const std::string& class_name, const std::vector<object::Object>& objects) override;
  void finish(const std::string&, const std::vector<object::Object>&) override {}
  std::vector<Outcome> add_members(const RelationName& relation, const std::vector<Membership>& members) override;
  bool stores_provisionally() const override { return durability_ == Durability::kWhenKept; }
  void keep() override;

 private:
  struct Part;
  void store(const std::string& class_name, Part part);
  Part complete(const std::string& class_name, const std::vector<object::Object>& objects,
                std::vector<Outcome>& outcomes) const;

  /// What to write to: the transaction that keep() ends, or the database itself.
  storage::Operations& writing();

  storage::Adapter& storage_;
  const Completion completion_;
  const Durability durability_;
  schema::Schema schema_;
  std::unique_ptr<storage::Transaction> transaction_;
};

}  // namespace parse::transfer
