#pragma once

#include <memory>
#include <string>

#include "apps/parsectl/open_storage.h"
#include "apps/parsectl/session.h"
#include "transfer/schema_copy.h"
#include "transfer/source.h"
#include "transfer/target.h"

namespace parse::ctl {

/// What the command line says of one end of a migration; the environment completes it.
struct EndFlags {
  /// `sqlite:…`, `postgres://…`, `http://…`, `https://…` or `profile:NAME`.
  std::string uri;
  std::string app_id;
  std::string master_key;
};

/// From where, or to where, a migration goes. `side` is "from" or "to": flags are called --from and --from-appId, the
/// variables PARSECTL_FROM, PARSECTL_FROM_APP_ID, PARSECTL_FROM_MASTER_KEY. Throws Failure kUsage for what is no such
/// place, or lacks its keys.
Target find_end(const EndFlags& flags, const std::string& side, Session& session);
/// The place without its password, for messages and files.
std::string name_of(const Target& place);
/// Whether both are the same database or server, as far as their names tell.
bool is_same_place(const Target& one, const Target& other);

/// One end of a migration, open. Errors of opening: client::Unreachable.
class MigrationEnd {
 public:
  /// A database in a file that is not there is made, or refused, or (kLeave) left so: nothing is in it then.
  enum class Missing { kMake, kRefuse, kLeave };
  MigrationEnd(Target place, Missing missing, Session& session);

  const std::string& name() const { return name_; }
  bool is_server() const { return server_ != nullptr; }
  /// Nothing is there, and nothing was made.
  bool is_absent() const { return !server_ && !storage_; }
  /// The rest is for ends that are there.
  storage::Adapter& storage() { return *storage_; }
  client::RestClient& server() { return *server_; }
  std::unique_ptr<transfer::SchemaEnd> schema();
  /// Knows the classes that there are now.
  std::unique_ptr<transfer::Source> source();

 private:
  std::string name_;
  std::unique_ptr<storage::Adapter> storage_;
  std::unique_ptr<client::RestClient> server_;
};

}  // namespace parse::ctl
