#include "apps/parsectl/push_request.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <iostream>
#include <sstream>

#include "apps/parsectl/failure.h"
#include "apps/parsectl/lookup.h"
#include "apps/parsectl/time_input.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;
using object::Value;

Object read_file(const std::string& file) {
  std::ostringstream text;
  if (file == "-") {
    text << std::cin.rdbuf();
  } else {
    std::ifstream stream(file);
    if (!stream) throw Failure(ExitCode::kUsage, fmt::format("cannot read the file {}", file));
    text << stream.rdbuf();
  }
  return parse_object_input(file == "-" ? "the input" : file, text.str());
}

/// A number, or what the contract calls one more.
Value read_badge(const std::string& text) {
  if (text == "Increment") return text;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && number >= 0) return number;
  throw Failure(ExitCode::kUsage, fmt::format("--badge: '{}' is neither a number nor Increment", text));
}

void add_data(const PushFlags& flags, Object& request) {
  const Value* given = request.find("data");
  if (given != nullptr && !given->is<Object>()) throw Failure(ExitCode::kUsage, "'data' must be an object");
  Object data = given ? given->as<Object>() : Object();
  if (!flags.data.empty()) {
    for (auto& [key, value] : parse_object_input("--data", flags.data)) data.set(key, std::move(value));
  }
  if (!flags.alert.empty()) data.set("alert", flags.alert);
  if (!flags.title.empty()) data.set("title", flags.title);
  if (!flags.sound.empty()) data.set("sound", flags.sound);
  if (!flags.badge.empty()) data.set("badge", read_badge(flags.badge));
  if (data.empty()) throw Failure(ExitCode::kUsage, "nothing says what to send", "give --alert, --data or --file");
  request.set("data", std::move(data));
}

void add_target(const PushFlags& flags, Object& request) {
  if (!flags.channels.empty()) request.set("channels", Array(flags.channels.begin(), flags.channels.end()));
  if (!flags.where.empty()) request.set("where", parse_object_input("--where", flags.where));
  if (request.contains("channels") && request.contains("where"))
    throw Failure(ExitCode::kUsage, "channels and where exclude each other",
                  "add the channels to the constraints: '{\"channels\": \"news\", …}'");
  if (!request.contains("channels") && !request.contains("where"))
    throw Failure(ExitCode::kUsage, "nothing says whom to send to",
                  "give --channels or --where; --where '{}' is everybody");
}

void add_times(const PushFlags& flags, Object& request, Milliseconds now) {
  if (!flags.at.empty()) {
    const std::string time = to_iso_date(read_future("--at", flags.at, now));
    // Without a zone it is the local time of each device, so a date stays as it was written.
    request.set("push_time", parse_iso_date(flags.at) ? flags.at : time);
  }
  if (!flags.expires_at.empty())
    request.set("expiration_time", to_iso_date(read_future("--expires-at", flags.expires_at, now)));
  if (!flags.expires_in.empty())
    request.set("expiration_interval", static_cast<std::int64_t>(read_span("--expires-in", flags.expires_in).count()));
  if (request.contains("expiration_time") && request.contains("expiration_interval"))
    throw Failure(ExitCode::kUsage, "an expiration time and an interval exclude each other");
}

}  // namespace

Object push_request(const PushFlags& flags, Milliseconds now) {
  Object request = flags.file.empty() ? Object() : read_file(flags.file);
  add_target(flags, request);
  add_data(flags, request);
  add_times(flags, request, now);
  return request;
}

bool is_for_everybody(const Object& request) {
  const Value* where = request.find("where");
  const Object* constraints = where ? where->get_if<Object>() : nullptr;
  return constraints != nullptr && constraints->empty();
}

}  // namespace parse::ctl
