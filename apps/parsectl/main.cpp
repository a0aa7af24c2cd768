#include <csignal>
#include <iostream>

#include "apps/parsectl/program.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  return parse::ctl::run_program({{argv + 1, argv + argc}, parse::config::process_environment(), PARSE_SERVER_VERSION},
                                 {std::cout, std::cerr});
}
