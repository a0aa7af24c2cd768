#include "cloud/node_process.h"

#include <fmt/format.h>

#include <utility>

#include "base/error.h"
#include "cloud/fault.h"
#include "logging/logger.h"
#include "object/json.h"

namespace parse::cloud {
namespace {

using std::chrono::steady_clock;

/// How often the event loop is asked whether it turns.
constexpr std::chrono::milliseconds kHeartbeat{1000};
constexpr std::chrono::milliseconds kTick{200};

/// In the place of a response that the socket does not take.
constexpr std::string_view kTooLong = R"({"status":400,"headers":{}})"
                                      "\n"
                                      R"({"code":116,"error":"The answer is too large for Cloud Code."})";

std::vector<std::string> command_of(const NodeSettings& settings, const std::string& script) {
  std::vector<std::string> command{settings.node};
  if (settings.memory_limit > 0) command.push_back(fmt::format("--max-old-space-size={}", settings.memory_limit));
  command.insert(command.end(), {script, settings.main});
  return command;
}

void write_log(const std::string& payload) {
  const auto entry = object::try_parse_json(payload);
  const object::Object* line = entry ? entry->get_if<object::Object>() : nullptr;
  if (line == nullptr) return;
  const auto level = logging::parse_level(line->at("level").as<std::string>());
  logging::log(level.value_or(logging::Level::kInfo), "{}", line->at("message").as<std::string>());
}

}  // namespace

NodeProcess::NodeProcess(const NodeSettings& settings, const std::string& script, Events events)
    : settings_(settings), script_(script), events_(std::move(events)) {}

NodeProcess::~NodeProcess() {
  stop();
  if (thread_.joinable()) thread_.join();
}

void NodeProcess::start() {
  thread_ = std::thread([this] { run(); });
}

Outcome NodeProcess::call(std::string_view request, PendingCalls::Limits limits,
                          std::function<void(std::string)> on_message) {
  PendingCalls::Call call(calls_, limits, std::move(on_message));
  if (!is_ready_) throw Error(ErrorCode::kScriptFailed, "Cloud Code is not running.");
  if (!link_.send(FrameKind::kCall, call.number(), request))
    throw Error(ErrorCode::kScriptFailed, "Cloud Code has ended, or cannot take so much.");
  return call.wait();
}

void NodeProcess::retire() {
  is_retired_ = true;
  link_.wake();
}

void NodeProcess::stop() {
  is_stopped_ = true;
  link_.wake();
}

void NodeProcess::run() {
  std::string reason;
  try {
    ChildProcess child(command_of(settings_, script_), link_.peer());
    link_.close_peer();
    link_.send(FrameKind::kStart, 0, settings_.app);
    reason = serve(child);
  } catch (const Error& error) {
    reason = error.message();
  }
  is_ready_ = false;
  calls_.fail_all("Cloud Code ended before it answered.");
  events_.ended(failure_.empty() ? reason : failure_, was_ready_);
}

std::string NodeProcess::serve(ChildProcess& child) {
  std::string reason;
  try {
    reason = watch();
  } catch (const Error& error) {
    reason = error.message();
  }
  if (reason.empty()) reason = child.wait(std::chrono::seconds(1)).value_or("it closed its connection");
  child.end();
  return reason;
}

/// Until there is a reason to end it; empty when it ended by itself.
std::string NodeProcess::watch() {
  started_ = heard_ = pinged_ = steady_clock::now();
  while (link_.poll(kTick, [this](Frame frame) { take(std::move(frame)); })) {
    if (auto reason = reason_to_end()) return *reason;
  }
  return {};
}

std::optional<std::string> NodeProcess::reason_to_end() {
  const Deadline now = steady_clock::now();
  if (is_stopped_) return "it was stopped";
  if (!was_ready_) {
    if (now - started_ <= settings_.load_timeout) return std::nullopt;
    return fmt::format("loading took longer than {} s", settings_.load_timeout.count() / 1000);
  }
  if (is_retired_ && bookings_ == 0) return "it was replaced";
  if (now - pinged_ >= kHeartbeat) {
    pinged_ = now;
    link_.send(FrameKind::kPing, 0, {});
  }
  // A process that has sent something since the last question is alive, even if it is busy.
  if (now - heard_ <= settings_.stall_timeout) return std::nullopt;
  return fmt::format("its event loop has not turned for {} s", settings_.stall_timeout.count() / 1000);
}

void NodeProcess::take(Frame frame) {
  heard_ = steady_clock::now();
  switch (frame.kind) {
    case FrameKind::kReady:
      was_ready_ = true;
      is_ready_ = true;
      return events_.ready(std::move(frame.payload));
    case FrameKind::kLoadFailed:
      failure_ = std::move(frame.payload);
      return;
    case FrameKind::kResult:
      return calls_.succeed(frame.number, std::move(frame.payload));
    case FrameKind::kFault:
      return calls_.fail(frame.number, read_fault(frame.payload));
    case FrameKind::kRequest:
      return take_request(std::move(frame));
    case FrameKind::kLog:
      return write_log(frame.payload);
    case FrameKind::kJobMessage:
      return calls_.message(frame.number, frame.payload);
    case FrameKind::kPong:
    case FrameKind::kCall:
    case FrameKind::kResponse:
    case FrameKind::kPing:
    case FrameKind::kStart:
      return;
  }
}

/// The first line of a request begins with the number of its call.
void NodeProcess::take_request(Frame frame) {
  const HeadAndBody parts = split_head(frame.payload);
  const std::size_t space = parts.head.find(' ');
  const auto call =
      static_cast<std::uint32_t>(std::strtoul(std::string(parts.head.substr(0, space)).c_str(), nullptr, 10));
  const auto limits = calls_.limits_of(call);
  InnerRequest request;
  request.limits = limits.value_or(PendingCalls::Limits{steady_clock::now() + settings_.call_timeout, 0, false});
  request.head = space == std::string_view::npos ? std::string() : std::string(parts.head.substr(space + 1));
  request.body = std::string(parts.body);
  request.respond = [self = weak_from_this(), number = frame.number](const std::string& response) {
    const auto process = self.lock();
    if (process && !process->link_.send(FrameKind::kResponse, number, response))
      process->link_.send(FrameKind::kResponse, number, kTooLong);
  };
  events_.request(std::move(request));
}

}  // namespace parse::cloud
