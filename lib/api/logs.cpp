#include "api/logs.h"

#include <charconv>

#include "api/json_response.h"
#include "logging/log_query.h"

namespace parse::api {
namespace {

std::optional<std::chrono::system_clock::time_point> read_time(const http::QueryPairs& query, std::string_view key) {
  const std::string* text = http::find_query_value(query, key);
  const auto time = text ? parse_iso_date(*text) : std::nullopt;
  if (!time) return std::nullopt;
  return std::chrono::system_clock::time_point(std::chrono::milliseconds(*time));
}

std::optional<std::size_t> read_count(const http::QueryPairs& query, std::string_view key) {
  const std::string* text = http::find_query_value(query, key);
  std::size_t count = 0;
  if (text == nullptr || std::from_chars(text->data(), text->data() + text->size(), count).ec != std::errc())
    return std::nullopt;
  return count;
}

logging::LogQuery read_log_query(const http::QueryPairs& query) {
  logging::LogQuery wanted;
  wanted.from = read_time(query, "from");
  wanted.until = read_time(query, "until");
  wanted.size = read_count(query, "n").value_or(read_count(query, "size").value_or(wanted.size));
  const std::string* order = http::find_query_value(query, "order");
  wanted.newest_first = order == nullptr || *order != "asc";
  const std::string* level = http::find_query_value(query, "level");
  if (level != nullptr) wanted.level = logging::parse_level(*level).value_or(wanted.level);
  return wanted;
}

http::Response get_logs(ApiRequest& request) {
  request.require_master_key();
  object::Array entries;
  for (const logging::LogEntry& entry : logging::log_query(read_log_query(request.query))) {
    entries.push_back(
        object::Object{{"level", entry.level}, {"message", entry.message}, {"timestamp", entry.timestamp}});
  }
  return json_response(200, entries);
}

}  // namespace

void bind_logs(Routes& routes) { routes.add(http::Method::kGet, "/scriptlog", get_logs); }

}  // namespace parse::api
