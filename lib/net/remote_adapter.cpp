#include "net/remote_adapter.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "net/url.h"
#include "object/json.h"

namespace parse::net {
namespace {

/// Collects what is wrong with one option.
class Problems {
 public:
  Problems(std::string_view option, std::vector<std::string>& list) : option_(option), list_(list) {}
  void add(std::string_view text) { list_.push_back(fmt::format("'{}' {}", option_, text)); }

 private:
  std::string_view option_;
  std::vector<std::string>& list_;
};

bool is_method_name(std::string_view name) {
  return !name.empty() &&
         std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

std::string read_text(const object::Object& setting, std::string_view key, Problems& problems) {
  const object::Value* found = setting.find(key);
  const auto* text = found == nullptr ? nullptr : found->get_if<std::string>();
  if (text != nullptr && !text->empty()) return *text;
  problems.add(fmt::format("needs http.{}, a text that is not empty", key));
  return {};
}

std::string read_url(const object::Object& setting, Problems& problems) {
  std::string url = read_text(setting, "url", problems);
  if (url.empty()) return url;
  if (!parse_url(url) || url.find_first_of("?#") != std::string::npos) {
    problems.add("needs an http or https URL without a query in http.url");
  }
  while (url.ends_with('/')) url.pop_back();
  return url;
}

std::vector<std::string> read_methods(const object::Object& setting, Problems& problems) {
  const object::Value* found = setting.find("methods");
  const auto* list = found == nullptr ? nullptr : found->get_if<object::Array>();
  std::vector<std::string> methods;
  bool good = list != nullptr && !list->empty();
  for (const object::Value& entry : list == nullptr ? object::Array{} : *list) {
    const auto* name = entry.get_if<std::string>();
    good = good && name != nullptr && is_method_name(*name);
    if (good) methods.push_back(*name);
  }
  if (!good) problems.add("needs a list of method names in http.methods");
  return methods;
}

std::chrono::milliseconds read_timeout(const object::Object& setting, Problems& problems) {
  const object::Value* found = setting.find("timeout");
  if (found == nullptr) return RemoteAdapterSettings{}.timeout;
  const auto* number = found->get_if<std::int64_t>();
  if (number != nullptr && *number >= 1 && *number <= kMaxRemoteTimeout.count()) {
    return std::chrono::milliseconds(*number);
  }
  problems.add(fmt::format("takes milliseconds from 1 to {} as http.timeout", kMaxRemoteTimeout.count()));
  return {};
}

void check_keys(const object::Object& setting, Problems& problems) {
  for (const object::Member& member : setting) {
    if (member.key != "url" && member.key != "methods" && member.key != "secret" && member.key != "timeout") {
      problems.add(fmt::format("knows no http.{}", member.key));
    }
  }
}

[[noreturn]] void throw_remote_error(const object::Value& error) {
  if (const auto* text = error.get_if<std::string>()) throw Error(ErrorCode::kScriptFailed, *text);
  const auto* details = error.get_if<object::Object>();
  const object::Value* message = details == nullptr ? nullptr : details->find("message");
  const object::Value* code = details == nullptr ? nullptr : details->find("code");
  const auto* text = message == nullptr ? nullptr : message->get_if<std::string>();
  const auto* number = code == nullptr ? nullptr : code->get_if<std::int64_t>();
  const bool fits = number != nullptr && *number >= -1 && *number <= 99'999;
  throw Error(fits ? static_cast<ErrorCode>(*number) : ErrorCode::kScriptFailed,
              text != nullptr ? *text : "The adapter refused.");
}

Error bad_answer(std::string cause) {
  return Error(ErrorCode::kScriptFailed, "An adapter gave no proper answer.", std::move(cause));
}

}  // namespace

RemoteAdapterSettings read_remote_adapter(const object::Value& setting, std::string_view option,
                                          std::vector<std::string>& problems) {
  Problems found(option, problems);
  const auto* http = setting.get_if<object::Object>();
  if (http == nullptr) {
    found.add("needs an object with url, methods and secret as http");
    return {};
  }
  check_keys(*http, found);
  return {.url = read_url(*http, found),
          .methods = read_methods(*http, found),
          .secret = read_text(*http, "secret", found),
          .timeout = read_timeout(*http, found)};
}

RemoteAdapter::RemoteAdapter(RemoteAdapterSettings settings, HttpClient& client)
    : settings_(std::move(settings)), client_(client) {}

bool RemoteAdapter::has(std::string_view method) const {
  return std::find(settings_.methods.begin(), settings_.methods.end(), method) != settings_.methods.end();
}

object::Value RemoteAdapter::call(std::string_view method, object::Array arguments) const {
  const std::string url = fmt::format("{}/{}", settings_.url, method);
  const HttpResponse response = client_.send({.method = "POST",
                                              .url = url,
                                              .headers = {{"Content-Type", "application/json"},
                                                          {"Accept", "application/json"},
                                                          {"X-Parse-Adapter-Secret", settings_.secret}},
                                              .body = object::to_json(object::Object{{"args", std::move(arguments)}}),
                                              .timeout = settings_.timeout});
  std::optional<object::Value> answer = object::try_parse_json(response.body);
  auto* body = answer ? answer->get_if<object::Object>() : nullptr;
  if (body == nullptr) throw bad_answer(fmt::format("{}: status {} without a JSON object", url, response.status));
  if (const object::Value* error = body->find("error"); error != nullptr && !error->is_null()) {
    throw_remote_error(*error);
  }
  if (response.status != 200) throw bad_answer(fmt::format("{}: status {}", url, response.status));
  object::Value* result = body->find("result");
  return result == nullptr ? object::Value() : std::move(*result);
}

}  // namespace parse::net
