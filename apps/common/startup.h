#pragma once

#include <cstdint>
#include <string>

#include "apps/common/cli.h"
#include "apps/common/generated_keys.h"

namespace parse::apps {

/// Sends the log where the options say and makes their secrets known to it.
void start_logging(const config::Options& options);

/// Where the API answers: `http://localhost:1337/parse`, with the host listened on and the bound port.
std::string listen_url(const config::Options& options, std::uint16_t port);

/// Says, once the server is ready, in one line where it is, where it keeps data and what version it is; then warnings
/// and, with made-up keys, the first steps. Nothing on the console when it is silent.
void announce(const Start& start, const GeneratedKeys& keys, std::uint16_t port, const CliOutput& output);

}  // namespace parse::apps
