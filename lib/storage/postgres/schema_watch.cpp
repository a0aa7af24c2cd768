#include "storage/postgres/schema_watch.h"

#include <libpq-fe.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "logging/logger.h"
#include "object/json.h"

namespace parse::storage::postgres {
namespace {

constexpr std::chrono::milliseconds kShortestPause{100};
constexpr std::chrono::milliseconds kLongestPause{10000};
constexpr std::chrono::milliseconds kNoLimit{-1};

/// A connection that is silent for hours must not be dead without anybody noticing.
ConnectionSettings kept_alive(ConnectionSettings settings) {
  constexpr std::array<std::pair<const char*, const char*>, 4> kDefaults = {
      {{"keepalives_idle", "30"}, {"keepalives_interval", "10"}, {"keepalives_count", "3"}, {"connect_timeout", "10"}}};
  for (const auto& [name, value] : kDefaults) {
    const auto is_same = [&, key = std::string_view(name)](const auto& parameter) { return parameter.first == key; };
    if (std::none_of(settings.parameters.begin(), settings.parameters.end(), is_same))
      settings.parameters.emplace_back(name, value);
  }
  return settings;
}

std::string sender_of(const char* payload) {
  const auto json = object::try_parse_json(payload);
  const object::Object* map = json ? json->get_if<object::Object>() : nullptr;
  const object::Value* sender = map ? map->find("senderId") : nullptr;
  const std::string* text = sender ? sender->get_if<std::string>() : nullptr;
  return text ? *text : std::string();
}

}  // namespace

SchemaWatch::SchemaWatch(ConnectionSettings settings, std::string sender_id, std::function<void()> on_change)
    : settings_(kept_alive(std::move(settings))),
      sender_id_(std::move(sender_id)),
      on_change_(std::move(on_change)),
      pause_(kShortestPause),
      stop_event_(::eventfd(0, EFD_CLOEXEC)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

SchemaWatch::~SchemaWatch() {
  thread_.request_stop();
  const std::uint64_t one = 1;
  if (::write(stop_event_, &one, sizeof one) < 0) logging::error("The watch over the schema cannot be told to end.");
  thread_.join();
  ::close(stop_event_);
}

void SchemaWatch::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    try {
      listen(stop);
    } catch (const std::exception& error) {
      if (stop.stop_requested()) return;
      const Error* known = dynamic_cast<const Error*>(&error);
      logging::warn("Schema changes of other servers are not heard of for now: {}",
                    known ? known->cause() : std::string(error.what()));
    }
    wait(-1, pause_);
    pause_ = std::min(pause_ * 2, kLongestPause);
  }
}

void SchemaWatch::listen(const std::stop_token& stop) {
  Connection connection(settings_);
  connection.execute("LISTEN \"schema.change\"");
  pause_ = kShortestPause;
  on_change_();
  while (!stop.stop_requested()) {
    if (take_notices(connection)) {
      on_change_();
    } else {
      wait(PQsocket(connection.handle()), kNoLimit);
    }
  }
}

/// True when one was not our own. Throws Disconnected when the connection is gone.
bool SchemaWatch::take_notices(Connection& connection) {
  if (PQconsumeInput(connection.handle()) == 0) throw Disconnected(PQerrorMessage(connection.handle()));
  bool has_changed = false;
  while (const auto notice =
             std::unique_ptr<PGnotify, decltype(&PQfreemem)>(PQnotifies(connection.handle()), &PQfreemem)) {
    has_changed = has_changed || sender_of(notice->extra) != sender_id_;
  }
  return has_changed;
}

/// True when there is something to read; false after the limit, or at once when the watch is to end.
bool SchemaWatch::wait(int socket, std::chrono::milliseconds limit) const {
  std::array<pollfd, 2> events = {{{stop_event_, POLLIN, 0}, {socket, POLLIN, 0}}};
  return ::poll(events.data(), events.size(), static_cast<int>(limit.count())) > 0 && events[1].revents != 0;
}

}  // namespace parse::storage::postgres
