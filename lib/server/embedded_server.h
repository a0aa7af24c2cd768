#pragma once

#include <memory>

#include "client/transport.h"
#include "config/options.h"

namespace parse::server {

/// A server in this process that listens nowhere: calls go straight to its dispatcher, on the calling thread. For work
/// on a database while no server runs on it. Throws Error saying why the database cannot be opened; what `options` says
/// of network and files is not used.
std::unique_ptr<client::Transport> embed_server(const config::Options& options);

}  // namespace parse::server
