#pragma once

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace parse::test {

/// A program that runs beside the test, with its output in a pipe. Killed when the test ends.
class Process {
 public:
  /// Starts `command` (program and arguments) in `folder`, with `environment` ("NAME=value") and nothing else.
  Process(const std::vector<std::string>& command, const std::string& folder,
          std::vector<std::string> environment = {}) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    environment.emplace_back("PATH=/usr/local/bin:/usr/bin:/bin");
    const auto arguments = pointers(command);
    const auto variables = pointers(environment);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(ends[1], STDOUT_FILENO);
      ::dup2(ends[1], STDERR_FILENO);
      if (::chdir(folder.c_str()) == 0) ::execve(arguments[0], arguments.data(), variables.data());
      ::_exit(127);
    }
    ::close(ends[1]);
    output_ = ends[0];
  }
  ~Process() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
    ::close(output_);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Reads on until `text` has appeared; false when the program ended or stayed silent for too long.
  bool wait_for(const std::string& text) {
    while (seen_.find(text) == std::string::npos)
      if (!read_some()) return false;
    return true;
  }
  /// What has been printed so far.
  const std::string& seen() const { return seen_; }

  void send(int signal) const { ::kill(pid_, signal); }

  /// Reads to the end and returns the exit code; 1000 and the signal's number when a signal ended it.
  int wait() {
    while (read_some()) {
    }
    int status = 0;
    ::waitpid(std::exchange(pid_, 0), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
  }

 private:
  static std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (const auto& text : texts) result.push_back(const_cast<char*>(text.c_str()));
    result.push_back(nullptr);
    return result;
  }

  bool read_some() {
    constexpr int kPatience = 30'000;  // milliseconds; only a hanging program uses them up
    pollfd waiting{output_, POLLIN, 0};
    if (::poll(&waiting, 1, kPatience) <= 0) return false;
    char bytes[4096];
    const auto count = ::read(output_, bytes, sizeof bytes);
    if (count <= 0) return false;
    seen_.append(bytes, static_cast<std::size_t>(count));
    return true;
  }

  pid_t pid_ = 0;
  int output_ = -1;
  std::string seen_;
};

}  // namespace parse::test
