#pragma once

#include <string>
#include <utility>
#include <vector>

#include "api/dispatcher.h"
#include "object/json.h"
#include "schema/schema_cache.h"
#include "server/routes.h"
#include "storage/recording_adapter.h"
#include "storage/sqlite/sqlite_adapter.h"
#include "tests/api/mail_parts.h"

namespace parse::test {

/// The whole server but for its sockets: an in-memory database, the use cases and the dispatcher.
class TestApp {
 public:
  using Fields = std::vector<std::pair<std::string, std::string>>;

  /// What tests may say about accounts.
  struct AccountChoices {
    rest::AccountSettings settings = {};
    auth::PasswordPolicy password_policy = {};
    auth::AccountLockout lockout = {};
    auth::Providers providers = {};
  };

  explicit TestApp(rest::Settings rest = {}, api::Settings api = {}) : TestApp(std::move(rest), std::move(api), {}) {}
  TestApp(rest::Settings rest, api::Settings api, AccountChoices accounts, MailChoices mails = {})
      : api_(with_keys(std::move(api))),
        rest_(std::move(rest)),
        mails_(std::move(mails)),
        storage_(std::make_unique<storage::RecordingAdapter>(storage::sqlite::open_sqlite({}), query_stats_)),
        passwords_({.cost = 4}),
        sessions_(*storage_, {{}, false, std::nullopt}),
        roles_(*storage_, {}),
        providers_(std::move(accounts.providers)),
        accounts_{
            accounts.settings, accounts.password_policy, accounts.lockout, passwords_, sessions_, roles_, providers_,
            mails_.mail},
        schemas_(*storage_, cache_, {.auth_providers = identifying(providers_)}),
        links_(mails_, *storage_, schemas_, accounts_),
        routes_(server::make_routes()),
        workers_({2, 16, 64}),
        dispatcher_({api_, rest_, *storage_, schemas_, accounts_, links_.services, cloud_, &query_stats_}, routes_,
                    workers_, {}, [this] { return now; }) {}

  /// Sends a request as the given caller: kPublic, kMaster, kReadOnly or kMaintenance fields, or your own.
  http::Response send(http::Method method, const std::string& target, const std::string& body = {},
                      const Fields& fields = kPublic) {
    http::Request request;
    request.method = method;
    const std::size_t mark = target.find('?');
    request.path = "/parse" + target.substr(0, mark);
    if (mark != std::string::npos) request.query = target.substr(mark + 1);
    for (const auto& [name, value] : fields) request.headers.add(name, value);
    request.headers.add("Host", "localhost:1337");
    request.body = body;
    request.client_ip = client_ip;
    return dispatcher_.serve(request);
  }
  http::Response get(const std::string& target, const Fields& fields = kPublic) {
    return send(http::Method::kGet, target, {}, fields);
  }
  http::Response post(const std::string& target, const std::string& body, const Fields& fields = kPublic) {
    return send(http::Method::kPost, target, body, fields);
  }
  http::Response put(const std::string& target, const std::string& body, const Fields& fields = kPublic) {
    return send(http::Method::kPut, target, body, fields);
  }
  http::Response remove(const std::string& target, const Fields& fields = kPublic) {
    return send(http::Method::kDelete, target, {}, fields);
  }
  /// Creates an object and returns its id.
  std::string create(const std::string& class_name, const std::string& body, const Fields& fields = kPublic) {
    return member(post("/classes/" + class_name, body, fields), "objectId").as<std::string>();
  }

  /// A member of a JSON answer.
  static object::Value member(const http::Response& response, const std::string& key) {
    return object::parse_json(response.body).as<object::Object>().at(key);
  }
  static std::int64_t code(const http::Response& response) { return member(response, "code").as<std::int64_t>(); }

  rest::SchemaService& schemas() { return schemas_; }
  storage::QueryStats query_stats_;
  storage::Adapter& storage() { return *storage_; }
  /// Keeps the mails that would be sent.
  RecordingMailer& mailer() { return mails_.mailer; }

  static inline const Fields kPublic{{"X-Parse-Application-Id", "app"}};
  static inline const Fields kMaster{{"X-Parse-Application-Id", "app"}, {"X-Parse-Master-Key", "master"}};
  static inline const Fields kReadOnly{{"X-Parse-Application-Id", "app"}, {"X-Parse-Master-Key", "read-only"}};
  static inline const Fields kMaintenance{{"X-Parse-Application-Id", "app"},
                                          {"X-Parse-Maintenance-Key", "maintenance"}};

  Milliseconds now = 1'457'740'308'050;  // 2016-03-11T23:51:48.050Z
  std::string client_ip = "127.0.0.1";

 private:
  static std::vector<std::string> identifying(const auth::Providers& providers) {
    std::vector<std::string> names;
    for (const auto& [name, provider] : providers) {
      if (provider->identifies_users()) names.push_back(name);
    }
    return names;
  }
  static api::Settings with_keys(api::Settings settings) {
    settings.mount_path = "/parse";
    settings.keys.app_id = "app";
    settings.keys.master_key = "master";
    settings.keys.read_only_master_key = "read-only";
    settings.keys.maintenance_key = "maintenance";
    const http::IpList local({"127.0.0.1"});
    settings.keys.master_key_ips = settings.keys.read_only_master_key_ips = settings.keys.maintenance_key_ips = local;
    return settings;
  }

  const api::Settings api_;
  const rest::Settings rest_;
  TestMails mails_;
  std::unique_ptr<storage::Adapter> storage_;
  auth::PasswordHasher passwords_;
  auth::Sessions sessions_;
  auth::Roles roles_;
  const auth::Providers providers_;
  const rest::Accounts accounts_;
  schema::SchemaCache cache_;
  rest::SchemaService schemas_;
  TestLinks links_;
  const api::Routes routes_;
  WorkerPool workers_;
  cloud::Registry cloud_;
  api::Dispatcher dispatcher_;
};

}  // namespace parse::test
