#pragma once

#include "api/settings.h"
#include "base/worker_pool.h"
#include "config/options.h"
#include "http/cors.h"
#include "http/server.h"
#include "rest/settings.h"

namespace parse::server {

/// Options -> the small settings structs of the parts.
api::Settings api_settings(const config::Options& options);
rest::Settings rest_settings(const config::Options& options);
http::ServerSettings http_settings(const config::Options& options);
http::CorsSettings cors_settings(const config::Options& options);
WorkerPoolSettings worker_settings(const config::Options& options);
/// Of the workers that serve requests from outside: as many as may wait for Cloud Code come on top.
WorkerPoolSettings front_worker_settings(const config::Options& options);

/// The clock of the system, in ms since 1970.
Milliseconds system_now();

}  // namespace parse::server
