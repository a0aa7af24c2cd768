#include "apps/parsectl/field_copy.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <utility>

#include "apps/parsectl/failure.h"
#include "apps/parsectl/schema_calls.h"
#include "config/options.h"
#include "object/json.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;
using object::Value;

/// Objects that are read at once to be compared.
constexpr int kComparePage = 1000;

Object exists(bool is_there) { return Object{{"$exists", is_there}}; }

const std::string& id_of(const Value& row) { return row.as<Object>().at("objectId").as<std::string>(); }

/// Paths in a batch begin with the mount path, which a server's URL ends with.
std::string mount_path(Session& session) {
  const std::string& url = session.target().server;
  if (url.empty()) return config::Options().network.mount_path;
  const std::size_t host = url.find("://");
  const std::size_t path = url.find('/', host == std::string::npos ? 0 : host + 3);
  std::string mount = path == std::string::npos ? "" : url.substr(path);
  while (mount.ends_with('/')) mount.pop_back();
  return mount;
}

/// What the server said against one part of a batch; empty when nothing is lost.
std::string error_of(const Value& answer) {
  const Value* error = answer.as<Object>().find("error");
  const Object* map = error ? error->get_if<Object>() : nullptr;
  if (map == nullptr) return "";
  const bool is_gone = map->at("code") == Value(static_cast<int>(ErrorCode::kObjectNotFound));
  return is_gone ? ""
                 : fmt::format("{} (code {})", map->at("error").as<std::string>(), object::to_json(map->at("code")));
}

}  // namespace

FieldCopy::FieldCopy(Session& session, Plan plan) : session_(session), plan_(std::move(plan)) {}

std::int64_t FieldCopy::count_missing() {
  return count_objects(session_, plan_.class_name, {{plan_.from, exists(true)}, {plan_.to, exists(false)}});
}

FieldCopy::Result FieldCopy::run() {
  total_ = count_missing();
  std::string after;
  for (Array page = next_page(false, after, plan_.batch); !page.empty(); page = next_page(false, after, plan_.batch)) {
    check_stop();
    copy_page(page);
    after = id_of(page.back());
    show_progress();
  }
  end_progress();
  after.clear();
  // Whoever wrote meanwhile may have changed the old field after it was copied.
  for (Array page = next_page(true, after, kComparePage); !page.empty(); page = next_page(true, after, kComparePage)) {
    check_stop();
    after = id_of(page.back());
    std::erase_if(page, [this](const Value& row) { return !is_differing(row.as<Object>()); });
    if (page.empty()) continue;
    if (plan_.overwrites) {
      copy_page(page);
      continue;
    }
    if (result_.differing == 0) result_.first_differing = id_of(page.front());
    result_.differing += static_cast<std::int64_t>(page.size());
  }
  return result_;
}

Array FieldCopy::next_page(bool is_copied, const std::string& after, int limit) {
  Object where{{plan_.from, exists(true)}, {plan_.to, exists(is_copied)}};
  if (!after.empty()) where.append("objectId", Object{{"$gt", after}});
  const Value answer =
      session_.server().get("/classes/" + client::segment(plan_.class_name), {{"where", object::to_json(where)},
                                                                              {"order", "objectId"},
                                                                              {"limit", std::to_string(limit)},
                                                                              {"keys", plan_.from + "," + plan_.to}});
  return answer.as<Object>().at("results").as<Array>();
}

void FieldCopy::copy_page(const Array& page) {
  const std::string folder = fmt::format("{}/classes/{}/", mount_path(session_), client::segment(plan_.class_name));
  Array requests;
  for (const Value& row : page) {
    Object body{{plan_.to, row.as<Object>().at(plan_.from)}};
    requests.emplace_back(
        Object{{"method", "PUT"}, {"path", folder + client::segment(id_of(row))}, {"body", std::move(body)}});
  }
  const Value answers = session_.server().post("/batch", Object{{"requests", std::move(requests)}});
  const Array& list = answers.as<Array>();
  for (std::size_t i = 0; i < list.size() && i < page.size(); ++i) {
    const std::string error = error_of(list[i]);
    if (error.empty()) {
      ++result_.copied;
      continue;
    }
    if (result_.failed++ == 0) result_.first_failure = fmt::format("{}: {}", id_of(page[i]), error);
  }
}

bool FieldCopy::is_differing(const Object& row) const {
  const Value* from = row.find(plan_.from);
  const Value* to = row.find(plan_.to);
  return from != nullptr && to != nullptr && *from != *to;
}

void FieldCopy::check_stop() {
  if (!stop_.is_asked()) return;
  end_progress();
  throw Failure(ExitCode::kInterrupted,
                fmt::format("interrupted: {} values of {}.{} are copied to {}, nothing is deleted", result_.copied,
                            plan_.class_name, plan_.from, plan_.to),
                "run it again to go on from there");
}

void FieldCopy::show_progress() {
  if (session_.flags().is_quiet || ::isatty(STDERR_FILENO) == 0) return;
  std::cerr << fmt::format("\r{} of {} copied", result_.copied, std::max(total_, result_.copied)) << std::flush;
  has_progress_ = true;
}

void FieldCopy::end_progress() {
  if (std::exchange(has_progress_, false)) std::cerr << '\n';
}

}  // namespace parse::ctl
