#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "cloud/child_process.h"
#include "cloud/link.h"
#include "cloud/node_settings.h"
#include "cloud/pending_calls.h"

namespace parse::cloud {

/// A REST request of Cloud Code.
struct InnerRequest {
  /// Of the call that it belongs to; of one that is over, or none: depth 0 and no deadline.
  PendingCalls::Limits limits;
  /// `{"method","path","headers","master"}` as JSON.
  std::string head;
  std::string body;
  /// Sends the response: a line of JSON `{"status","headers"}`, then the body. Any thread, once.
  std::function<void(std::string)> respond;
};

/// One Node process with the app's code loaded, from its start to its end. Any thread may call.
class NodeProcess : public std::enable_shared_from_this<NodeProcess> {
 public:
  /// Told on the thread of the process, but for `ended`, which comes last.
  struct Events {
    /// The code is loaded; what it has registered, as JSON.
    std::function<void(std::string)> ready;
    std::function<void(InnerRequest)> request;
    /// Why it ended. `was_ready` false: the code could not be loaded.
    std::function<void(std::string reason, bool was_ready)> ended;
  };

  NodeProcess(const NodeSettings& settings, const std::string& script, Events events);
  /// Ends the process.
  ~NodeProcess();
  NodeProcess(const NodeProcess&) = delete;
  NodeProcess& operator=(const NodeProcess&) = delete;

  void start();
  /// Runs a hook; blocks. Throws as PendingCalls::Call::wait.
  Outcome call(std::string_view request, PendingCalls::Limits limits, std::function<void(std::string)> on_message = {});
  /// While one lives, `retire` does not end the process: who has chosen it may still call it.
  class Booking {
   public:
    explicit Booking(std::shared_ptr<NodeProcess> process) : process_(std::move(process)) { ++process_->bookings_; }
    ~Booking() { --process_->bookings_; }
    Booking(const Booking&) = delete;
    Booking& operator=(const Booking&) = delete;
    NodeProcess* operator->() const { return process_.get(); }

   private:
    const std::shared_ptr<NodeProcess> process_;
  };
  /// How many bookings there are.
  std::size_t load() const { return bookings_; }
  bool is_ready() const { return is_ready_; }
  /// Ends it once there are no bookings; its owner promises to make no new ones.
  void retire();
  /// Ends it now. Calls under way fail.
  void stop();

 private:
  void run();
  std::string serve(ChildProcess& child);
  void take(Frame frame);
  void take_request(Frame frame);
  std::string watch();
  std::optional<std::string> reason_to_end();

  const NodeSettings& settings_;
  const std::string script_;
  const Events events_;
  Link link_;
  PendingCalls calls_;
  std::atomic<bool> is_ready_{false};
  std::atomic<bool> is_stopped_{false};
  std::atomic<bool> is_retired_{false};
  std::atomic<std::size_t> bookings_{0};
  // Used by the thread alone.
  std::string failure_;
  bool was_ready_ = false;
  Deadline started_;
  Deadline heard_;
  Deadline pinged_;
  std::thread thread_;
};

}  // namespace parse::cloud
