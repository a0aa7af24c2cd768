#include "backup/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "backup/file.h"

namespace parse::backup {
namespace {

constexpr int kLookMilliseconds = 100;
constexpr std::size_t kMostComplaints = 4000;

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// Later entries would not hide earlier ones of the same name.
std::vector<std::string> environment_with(const ChildCommand& command) {
  std::vector<std::string> all;
  for (const auto& [name, value] : command.environment) all.push_back(name + "=" + value);
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const std::string name = text.substr(0, text.find('='));
    bool is_replaced = false;
    for (const auto& [own, value] : command.environment) is_replaced = is_replaced || own == name;
    if (!is_replaced) all.push_back(text);
  }
  return all;
}

struct Pipe {
  int ends[2] = {-1, -1};
  Pipe() {
    if (::pipe2(ends, O_CLOEXEC) != 0) throw_system_error("make", "a pipe");
  }
  ~Pipe() {
    for (const int end : ends) {
      if (end >= 0) ::close(end);
    }
  }
  void close_writing() {
    ::close(ends[1]);
    ends[1] = -1;
  }
};

/// A running program; ended when this ends before it has.
class Child {
 public:
  explicit Child(pid_t id) : id_(id) {}
  ~Child() {
    if (id_ <= 0) return;
    ::kill(id_, SIGTERM);
    wait();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  bool wait() {
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    id_ = 0;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

 private:
  pid_t id_;
};

/// False at the end.
bool read_some(int descriptor, std::string& text) {
  pollfd poll{descriptor, POLLIN, 0};
  if (::poll(&poll, 1, kLookMilliseconds) <= 0) return true;
  char part[1024];
  const ssize_t count = ::read(descriptor, part, sizeof part);
  if (count < 0) return errno == EINTR;
  text.append(part, static_cast<std::size_t>(count));
  if (text.size() > kMostComplaints) text.erase(0, text.size() - kMostComplaints);
  return count > 0;
}

}  // namespace

ChildResult run_child(const ChildCommand& command, const Between& between) {
  std::vector<std::string> arguments = command.arguments;
  std::vector<std::string> environment = environment_with(command);
  Pipe pipe;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, pipe.ends[1], STDERR_FILENO);
  pid_t id = 0;
  const int failure = ::posix_spawnp(&id, arguments.front().c_str(), &actions, nullptr, pointers_to(arguments).data(),
                                     pointers_to(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  ChildResult result;
  result.is_missing = failure == ENOENT;
  if (result.is_missing) return result;
  if (failure != 0) {
    errno = failure;
    throw_system_error("run", arguments.front());
  }
  Child child(id);
  pipe.close_writing();
  while (read_some(pipe.ends[0], result.complaints)) between(0);
  result.has_succeeded = child.wait();
  if (!result.has_succeeded) between(0);  // Ctrl-C on a terminal ends the program, too
  return result;
}

}  // namespace parse::backup
