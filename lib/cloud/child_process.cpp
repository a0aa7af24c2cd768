#include "cloud/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace parse::cloud {
namespace {

constexpr int kChildSocket = 3;

struct Pipe {
  Pipe() {
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
      throw Error(ErrorCode::kInternal, "cannot start a process", std::strerror(errno));
  }
  ~Pipe() {
    close(ends[0]);
    if (ends[1] >= 0) close(ends[1]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  void close_writer() {
    close(ends[1]);
    ends[1] = -1;
  }
  std::array<int, 2> ends{};
};

/// In the child: only calls that are safe after fork. Tells `report` the errno when the program cannot be run.
[[noreturn]] void become(char* const* arguments, int socket, int report, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);
  // Ctrl-C in a terminal goes to the whole group; the server decides when Cloud Code ends.
  setpgid(0, 0);
  sigset_t none;
  sigemptyset(&none);
  pthread_sigmask(SIG_SETMASK, &none, nullptr);
  signal(SIGPIPE, SIG_DFL);
  if (report == kChildSocket) report = fcntl(report, F_DUPFD_CLOEXEC, kChildSocket + 1);
  // dup2 onto itself would keep close-on-exec.
  if (socket == kChildSocket)
    fcntl(socket, F_SETFD, 0);
  else
    dup2(socket, kChildSocket);
  execvp(arguments[0], arguments);
  const int code = errno;
  const ssize_t written = write(report, &code, sizeof code);
  _exit(written == sizeof code ? 127 : 126);
}

std::string describe(int status) {
  if (WIFEXITED(status)) return fmt::format("exit code {}", WEXITSTATUS(status));
  return fmt::format("signal {}", WTERMSIG(status));
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& arguments, int socket) {
  std::vector<char*> pointers;
  for (const std::string& argument : arguments) pointers.push_back(const_cast<char*>(argument.c_str()));
  pointers.push_back(nullptr);
  Pipe report;
  const pid_t parent = getpid();
  pid_ = fork();
  if (pid_ < 0) throw Error(ErrorCode::kInternal, "cannot start a process", std::strerror(errno));
  if (pid_ == 0) become(pointers.data(), socket, report.ends[1], parent);
  // Both sides do it, so that the group is there whoever comes first.
  setpgid(pid_, pid_);
  report.close_writer();
  int code = 0;
  if (read(report.ends[0], &code, sizeof code) != sizeof code) return;
  wait(std::chrono::seconds(1));
  throw Error(ErrorCode::kInternal, fmt::format("cannot run {}: {}", arguments.front(), std::strerror(code)));
}

ChildProcess::~ChildProcess() {
  end();
  wait(std::chrono::seconds(5));
}

void ChildProcess::end() {
  if (!outcome_) kill(-pid_, SIGKILL);
}

std::optional<std::string> ChildProcess::wait(std::chrono::milliseconds patience) {
  if (outcome_) return outcome_;
  const int handle = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
  if (handle >= 0) {
    pollfd item{handle, POLLIN, 0};
    // What it has started goes with it; until it is waited for, nobody else can have its number.
    if (poll(&item, 1, static_cast<int>(patience.count())) > 0) kill(-pid_, SIGKILL);
    close(handle);
  }
  int status = 0;
  if (waitpid(pid_, &status, handle >= 0 ? WNOHANG : 0) == pid_) outcome_ = describe(status);
  return outcome_;
}

}  // namespace parse::cloud
