#pragma once

#include "client/rest_client.h"
#include "transfer/target.h"

namespace parse::transfer {

/// The schema of a server, as GET /schemas tells it: without internal columns.
schema::Schema read_schema(client::RestClient& server);

/// Into a running server, with all that it does for a client: ids need its option allowCustomObjectId, times and the
/// hashes of passwords its maintenance key.
class RestTarget final : public Target {
 public:
  /// `maintenance_key` may be empty: then the server sets createdAt and updatedAt, and refuses hashes of passwords.
  /// Throws client::Refusal for one that the server does not know.
  RestTarget(client::RestClient& server, std::string maintenance_key);

  const schema::Schema& schema() const override { return schema_; }
  void add_fields(const std::string& class_name, const std::vector<schema::Field>& fields) override;
  std::size_t group_size() const override { return 50; }
  std::set<std::string> existing(const std::string& class_name, const std::vector<std::string>& ids) override;
  std::vector<Outcome> create(const std::string& class_name, const std::vector<object::Object>& objects,
                              WhenExists when_exists) override;
  std::vector<Outcome> replace(const std::string& class_name, const std::vector<object::Object>& objects) override;
  void finish(const std::string& class_name, const std::vector<object::Object>& objects) override;
  std::vector<Outcome> add_members(const RelationName& relation, const std::vector<Membership>& members) override;

 private:
  void check_maintenance_key();
  std::vector<Outcome> send_batch(object::Array parts);
  std::vector<Outcome> post(const std::string& class_name, const std::vector<object::Object>& objects);
  void look_twice(const std::string& class_name, const std::vector<object::Object>& objects,
                  std::vector<Outcome>& outcomes);
  void keep_hashes(const std::vector<object::Object>& users, std::vector<Outcome>& outcomes);
  std::string path_of(const std::string& class_name, const std::string& id = {}) const;

  client::RestClient& server_;
  const std::string maintenance_key_;
  std::string mount_path_;
  schema::Schema schema_;
};

}  // namespace parse::transfer
