#include "apps/parsectl/password_input.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>

#include "apps/parsectl/failure.h"

namespace parse::ctl {
namespace {

constexpr char kCtrlC = '\x03';

/// The terminal does not show what is typed. Ctrl-C is a character that ends the line meanwhile, not a signal, which
/// would leave the terminal so.
class HiddenTyping {
 public:
  HiddenTyping() {
    ::tcgetattr(STDIN_FILENO, &before_);
    termios hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
    hidden.c_lflag |= ECHONL;
    hidden.c_cc[VEOL] = kCtrlC;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  }
  ~HiddenTyping() { ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }
  HiddenTyping(const HiddenTyping&) = delete;
  HiddenTyping& operator=(const HiddenTyping&) = delete;

 private:
  termios before_{};
};

std::string ask(const std::string& question) {
  const HiddenTyping hidden;
  std::cerr << question << std::flush;
  std::string line;
  for (char c = 0; ::read(STDIN_FILENO, &c, 1) == 1 && c != '\n';) {
    if (c == kCtrlC) throw Failure(ExitCode::kInterrupted, "interrupted; nothing was done");
    line.push_back(c);
  }
  return line;
}

std::string ask_twice() {
  if (::isatty(STDIN_FILENO) == 0 || ::isatty(STDERR_FILENO) == 0)
    throw Failure(ExitCode::kUsage, "no password was given, and nobody can be asked here",
                  "pipe it in with --password-stdin");
  const std::string password = ask("Password: ");
  if (ask("Once more: ") != password) throw Failure(ExitCode::kUsage, "the two passwords differ; nothing was done");
  return password;
}

std::string first_line() {
  std::string line;
  std::getline(std::cin, line);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace

std::string read_password(const PasswordFlags& flags) {
  if (!flags.password.empty() && flags.from_stdin)
    throw Failure(ExitCode::kUsage, "--password and --password-stdin exclude each other");
  if (!flags.password.empty()) return flags.password;
  std::string password = flags.from_stdin ? first_line() : ask_twice();
  if (password.empty()) throw Failure(ExitCode::kUsage, "the password is empty");
  return password;
}

}  // namespace parse::ctl
