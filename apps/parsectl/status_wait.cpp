#include "apps/parsectl/status_wait.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "apps/parsectl/failure.h"
#include "apps/parsectl/interruption.h"
#include "apps/parsectl/lookup.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;
using object::Value;
using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kShortestPause{100};
constexpr std::chrono::milliseconds kLongestPause{2000};

}  // namespace

Object read_status(Session& session, const StatusWait& wait, const std::string& what) {
  try {
    return session.server().get(wait.class_path + "/" + client::segment(wait.object_id)).as<Object>();
  } catch (const client::Refusal& refusal) {
    if (refusal.code() != ErrorCode::kObjectNotFound) throw;
    throw Failure(ExitCode::kNotFound, fmt::format("there is no {} '{}'", what, wait.object_id));
  }
}

Object wait_for_status(Session& session, const StatusWait& wait) {
  end_on_interrupt();
  session.output().flush();
  const auto deadline = steady_clock::now() + wait.limit;
  for (auto pause = kShortestPause;; pause = std::min(pause * 2, kLongestPause)) {
    Object object = read_status(session, wait, "status");
    const std::string status = text_at(object, "status");
    if (std::find(wait.ends.begin(), wait.ends.end(), status) != wait.ends.end()) return object;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - steady_clock::now());
    if (left.count() <= 0)
      throw Failure(ExitCode::kFailed,
                    fmt::format("{} is still {} after {} s", wait.object_id, status, wait.limit.count()),
                    "the server goes on with it; ask for its status, or wait longer by --wait-limit");
    std::this_thread::sleep_for(std::min(pause, left));
  }
}

Array newest(Session& session, const std::string& class_path, std::size_t limit) {
  const Value found = session.server().get(class_path, {{"order", "-createdAt"}, {"limit", std::to_string(limit)}});
  return found.as<Object>().at("results").as<Array>();
}

}  // namespace parse::ctl
