#pragma once

namespace parse::ctl {

/// From now on Ctrl-C and SIGTERM end the program with exit code 130, at once: for commands that wait or follow, which
/// have nothing to put in order. What was printed must have been flushed before each wait.
void end_on_interrupt();

}  // namespace parse::ctl
