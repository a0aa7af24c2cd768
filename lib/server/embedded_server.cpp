#include "server/embedded_server.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <utility>

#include "server/adapters.h"
#include "server/routes.h"
#include "server/settings.h"
#include "server/stored_parts.h"
#include "storage/unavailable.h"

namespace parse::server {
namespace {

std::string read_whole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::unique_ptr<storage::Adapter> open_storage(const config::Options& options) {
  try {
    return storage_source(options.database).open();
  } catch (const storage::Unavailable& error) {
    throw client::Unreachable(fmt::format("cannot reach the database: {}", error.cause()));
  }
}

/// Calls as they would come from this machine.
/// Options may name them; commands of an administrator log nobody in.
auth::ModuleRunner no_modules() {
  return [](const auth::ModuleCall&) -> std::optional<object::Value> {
    throw Error(ErrorCode::kScriptFailed, "There is no Cloud Code here.");
  };
}

class EmbeddedServer final : public client::Transport {
 public:
  explicit EmbeddedServer(const config::Options& given)
      : options_(given),
        api_(api_settings(options_)),
        rest_(rest_settings(options_)),
        mail_(options_),
        logins_(options_, system_now, no_modules()),
        routes_(make_routes()),
        workers_(worker_settings(options_)),
        stored_({options_, api_, rest_, mail_, logins_, routes_, workers_, cloud_, system_now},
                open_storage(options_)) {}
  ~EmbeddedServer() override { workers_.stop(); }

  client::Answer send(const client::Call& call) override {
    http::Request request;
    request.method = http::parse_method(call.method);
    const std::size_t question = call.path.find('?');
    request.path = api_.mount_path + call.path.substr(0, question);
    if (question != std::string::npos) request.query = call.path.substr(question + 1);
    for (const auto& [name, value] : call.headers) request.headers.add(name, value);
    request.body = call.body_file.empty() ? call.body : read_whole(call.body_file);
    request.client_ip = "127.0.0.1";
    http::Response response = stored_.dispatcher().serve(request);
    return {response.status, std::move(response.body), {response.headers.begin(), response.headers.end()}};
  }
  std::string place() const override { return "the database"; }

 private:
  const config::Options options_;
  const api::Settings api_;
  const rest::Settings rest_;
  const MailParts mail_;
  LoginParts logins_;
  const api::Routes routes_;
  WorkerPool workers_;
  /// Commands of an administrator call no hooks.
  const cloud::Registry cloud_;
  StoredParts stored_;
};

}  // namespace

std::unique_ptr<client::Transport> embed_server(const config::Options& options) {
  return std::make_unique<EmbeddedServer>(options);
}

}  // namespace parse::server
