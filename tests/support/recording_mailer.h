#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mail/mailer.h"

namespace parse::test {

/// Keeps the mails that would be sent. Any thread.
class RecordingMailer final : public mail::Mailer {
 public:
  struct Sent {
    /// "verification", "password reset" or "mail".
    std::string kind;
    mail::AccountMail account;
    mail::Mail mail;
    /// What follows "token=" in the link.
    std::string token() const { return account.link.substr(account.link.find("token=") + 6); }
  };

  void send_verification(mail::AccountMail mail) override { keep({"verification", std::move(mail), {}}); }
  void send_password_reset(mail::AccountMail mail) override { keep({"password reset", std::move(mail), {}}); }
  void send(mail::Mail mail) override { keep({"mail", {}, std::move(mail)}); }

  /// Takes the oldest mail, waiting for one; nothing when none comes within seconds.
  std::optional<Sent> take() {
    std::unique_lock lock(mutex_);
    if (!arrived_.wait_for(lock, std::chrono::seconds(10), [this] { return !sent_.empty(); })) return std::nullopt;
    Sent first = std::move(sent_.front());
    sent_.erase(sent_.begin());
    return first;
  }
  std::size_t waiting() {
    const std::lock_guard lock(mutex_);
    return sent_.size();
  }

 private:
  void keep(Sent sent) {
    const std::lock_guard lock(mutex_);
    sent_.push_back(std::move(sent));
    arrived_.notify_all();
  }

  std::mutex mutex_;  // guards sent_
  std::condition_variable arrived_;
  std::vector<Sent> sent_;
};

}  // namespace parse::test
