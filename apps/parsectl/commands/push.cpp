#include <fmt/format.h>

#include "apps/parsectl/commands.h"
#include "apps/parsectl/lookup.h"
#include "apps/parsectl/push_request.h"
#include "apps/parsectl/status_wait.h"
#include "apps/parsectl/time_input.h"
#include "object/json.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;
using object::Value;

constexpr const char* kClassPath = "/classes/_PushStatus";

struct SendFlags {
  PushFlags push;
  bool waits = false;
  std::int64_t wait_limit_seconds = 600;
};

std::int64_t number_at(const Object& object, std::string_view key) {
  const Value* value = object.find(key);
  const std::int64_t* number = value ? value->get_if<std::int64_t>() : nullptr;
  return number ? *number : 0;
}

StatusWait wait_of(const std::string& id, std::int64_t limit) {
  return {kClassPath, id, {"succeeded", "failed", "scheduled"}, std::chrono::seconds(limit)};
}

/// Says how a push ended. Throws Failure when not everybody got it.
void report_end(Session& session, const Object& status) {
  const std::string id = text_at(status, "objectId");
  const std::int64_t sent = number_at(status, "numSent");
  const std::int64_t failed = number_at(status, "numFailed");
  const std::string state = text_at(status, "status");
  session.output().done(state == "scheduled"
                            ? fmt::format("push {} is scheduled for {}", id, text_at(status, "pushTime"))
                            : fmt::format("push {} {}: {} sent, {} failed", id, state, sent, failed),
                        status);
  session.output().flush();
  if (state == "failed") {
    const Value* reason = status.find("errorMessage");
    throw Failure(ExitCode::kFailed, fmt::format("push {} failed{}{}", id, reason ? ": " : "", cell(reason)));
  }
  if (failed > 0)
    throw Failure(ExitCode::kPartly, fmt::format("{} of {} devices were not reached", failed, sent + failed));
}

void send_push(Session& session, const SendFlags& flags) {
  const Object request = push_request(flags.push, now_in_milliseconds());
  if (session.is_dry_run()) return session.output().done("would send POST /push " + object::to_json(request), request);
  if (is_for_everybody(request)) session.confirm("Send this to every installation?");
  const client::Reply reply = session.server().post_for_reply("/push", request);
  const std::string id = reply.answer.header("X-Parse-Push-Status-Id");
  if (!flags.waits)
    return session.output().done(id.empty() ? "the server has taken the push" : "the server has taken push " + id,
                                 {{"pushStatusId", id}});
  if (id.empty())
    throw Failure(ExitCode::kFailed, "the server has taken the push, but does not say how to follow it",
                  "'parsectl push list' shows the last ones");
  report_end(session, wait_for_status(session, wait_of(id, flags.wait_limit_seconds)));
}

void show_status(Session& session, const std::string& id) {
  session.output().object(read_status(session, wait_of(id, 0), "push"));
}

void list_pushes(Session& session, std::size_t limit) {
  session.output().rows({"objectId", "pushTime", "status", "numSent", "numFailed", "title"},
                        newest(session, kClassPath, limit));
}

void add_content_flags(CLI::App& send, PushFlags& push) {
  send.add_option("--channels", push.channels, "To the devices of these channels, with commas between")
      ->delimiter(',')
      ->allow_extra_args(false);
  send.add_option("--where", push.where, "To the installations that match; '{}' is everybody")->type_name("JSON");
  send.add_option("--alert", push.alert, "Text to show");
  send.add_option("--title", push.title, "Title above the text");
  send.add_option("--badge", push.badge, "Number at the icon, or Increment")->type_name("NUMBER");
  send.add_option("--sound", push.sound, "Sound to play")->type_name("NAME");
  send.add_option("--data", push.data, "Further or own fields of the message")->type_name("JSON");
  send.add_option("--file", push.file,
                  "Request in JSON (where or channels, data ...); flags go on top; - is the input");
}

void add_time_flags(CLI::App& send, SendFlags& flags) {
  send.add_option("--at", flags.push.at, "Send then: a date, which without a zone is each device's own time, or 2h, 7d")
      ->type_name("TIME");
  CLI::Option* at =
      send.add_option("--expires-at", flags.push.expires_at, "Worthless after this date")->type_name("TIME");
  send.add_option("--expires-in", flags.push.expires_in, "Worthless after this long: 90, 10m, 2h, 7d")
      ->type_name("SPAN")
      ->excludes(at);
  send.add_flag("--wait", flags.waits, "Wait until it is sent; exit code 7 when some devices were not reached");
  send.add_option("--wait-limit", flags.wait_limit_seconds, "Wait no longer, in seconds [600]")
      ->type_name("SECONDS")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{7 * 24 * 3600}));
}

}  // namespace

void add_push_commands(Commands& commands) {
  CLI::App& group = commands.group("push", "Send push notifications and see what became of them");
  const auto flags = std::make_shared<SendFlags>();
  CLI::App& send = commands.add(group, "send", "Send a notification to channels, or to installations that match",
                                [flags](Session& session) { send_push(session, *flags); });
  add_content_flags(send, flags->push);
  add_time_flags(send, *flags);
  send.footer(
      "Examples:\n"
      "  parsectl push send --channels news,sport --alert 'Goal!' --wait\n"
      "  parsectl push send --where '{\"deviceType\": \"ios\"}' --alert Hello --badge Increment --expires-in 2h\n"
      "  parsectl push send --file message.json --at 2026-12-31T18:00:00Z");
  const auto id = std::make_shared<std::string>();
  CLI::App& status = commands.add(group, "status", "Show what became of a push",
                                  [id](Session& session) { show_status(session, *id); });
  status.add_option("id", *id, "Id that send printed, or list shows")->type_name("ID")->required();
  status.footer("Example:\n  parsectl push status d1Xk2mPq0a --output json");
  const auto limit = std::make_shared<std::size_t>(20);
  CLI::App& list = commands.add(group, "list", "List the last pushes, the newest first",
                                [limit](Session& session) { list_pushes(session, *limit); });
  list.add_option("--limit", *limit, "At most this many [20]")->type_name("NUMBER")->check(CLI::PositiveNumber);
  list.footer("Example:\n  parsectl push list --limit 5");
}

}  // namespace parse::ctl
