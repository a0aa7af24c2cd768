#pragma once

#include "transfer/target.h"

namespace parse::transfer {

/// Says what another target would do, and leaves it as it is. What only storing would show, such as a second user of
/// the same name, it does not see.
class DryTarget final : public Target {
 public:
  /// `real` must outlive it.
  explicit DryTarget(Target& real) : real_(real), schema_(real.schema()) {}

  const schema::Schema& schema() const override { return schema_; }
  void add_fields(const std::string& class_name, const std::vector<schema::Field>& fields) override;
  std::size_t group_size() const override { return real_.group_size(); }
  std::set<std::string> existing(const std::string& class_name, const std::vector<std::string>& ids) override;
  std::vector<Outcome> create(const std::string& class_name, const std::vector<object::Object>& objects,
                              WhenExists when_exists) override;
  std::vector<Outcome> replace(const std::string& class_name, const std::vector<object::Object>& objects) override;
  void finish(const std::string&, const std::vector<object::Object>&) override {}
  std::vector<Outcome> add_members(const RelationName& relation, const std::vector<Membership>& members) override;

 private:
  Target& real_;
  schema::Schema schema_;
};

}  // namespace parse::transfer
