#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace parse::mail {

/// What became of one attempt.
struct Attempt {
  enum class Outcome {
    kDelivered,
    kTryAgain,  ///< no connection, or the server asks to come back later
    kRefused,   ///< another attempt would fail alike
  };
  Outcome outcome = Outcome::kDelivered;
  /// For the log.
  std::string reason = {};
};

struct MailQueueSettings {
  /// Mails under way at the same time.
  std::size_t threads = 2;
  /// Mails that may wait; more are logged and dropped.
  std::size_t capacity = 10'000;
  /// Before the second attempt, the third, and so on; after the last one the mail is given up.
  std::vector<std::chrono::milliseconds> delays = {std::chrono::seconds(2), std::chrono::seconds(15),
                                                   std::chrono::minutes(1), std::chrono::minutes(5)};
  /// At the end, mails that were never tried get this long.
  std::chrono::milliseconds grace = std::chrono::seconds(5);
};

/// Delivers mails in the background, each as often as it takes. Any thread. Lives in memory only: what waits when the
/// process dies is lost. The destructor tries what is new, within the grace, and logs how much was left.
class MailQueue {
 public:
  /// Runs on a thread of the queue; must end by itself and not throw.
  using Job = std::function<Attempt()>;

  explicit MailQueue(MailQueueSettings settings = {});
  ~MailQueue();
  MailQueue(const MailQueue&) = delete;
  MailQueue& operator=(const MailQueue&) = delete;

  /// `what` names the mail in the log. Never blocks.
  void post(std::string what, Job job);

 private:
  using Clock = std::chrono::steady_clock;
  struct Delivery {
    std::string what;
    Job job;
    std::size_t attempts = 0;
  };

  void run();
  void try_once(Delivery delivery, std::unique_lock<std::mutex>& lock);
  bool is_over() const;  // needs mutex_

  const MailQueueSettings settings_;
  std::mutex mutex_;  // guards everything below
  std::condition_variable changed_;
  std::multimap<Clock::time_point, Delivery> waiting_;
  bool stopping_ = false;
  Clock::time_point stop_at_;
  std::vector<std::thread> threads_;
};

}  // namespace parse::mail
