#include "apps/parsectl/commands.h"

namespace parse::ctl {
namespace {

using object::Object;
using object::Value;

void show_health(Session& session) {
  const bool is_remote = !session.target().server.empty();
  Object health{{"status", "ok"}};
  if (is_remote) health = session.server().get("/health").as<Object>();
  const Value info = session.server().get("/serverInfo");
  health.set("server", session.server().place());
  health.set("version", info.as<Object>().at("parseServerVersion"));
  session.output().object(health);
}

void show_version(Session& session) {
  Object versions{{"parsectl", session.version()}};
  if (!session.flags().server.empty() || !session.flags().profile.empty()) {
    const Value info = session.server().get("/serverInfo");
    if (const Value* version = info.as<Object>().find("parseServerVersion")) versions.set("server", *version);
  }
  session.output().object(versions);
}

}  // namespace

void add_health_commands(Commands& commands) {
  commands.add(commands.root(), "health", "Say whether the server and its database answer", show_health);
  commands.add(commands.root(), "version", "Show the version of parsectl, and of the server when one is named",
               show_version);
}

}  // namespace parse::ctl
