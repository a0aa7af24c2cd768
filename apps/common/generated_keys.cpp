#include "apps/common/generated_keys.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "object/json.h"

namespace parse::apps {
namespace {

using object::Object;
using object::Value;

constexpr std::size_t kAppIdLength = 20;
constexpr std::size_t kMasterKeyLength = 40;

[[noreturn]] void fail(const std::string& path, std::string_view reason) {
  throw Error(ErrorCode::kInvalidValue, fmt::format("'dataFolder' holds {}, which {}", path, reason));
}

/// Letters and digits; 64 symbols would need punctuation that is awkward in URLs, so two bytes out of 256 are drawn
/// again.
std::string random_text(std::size_t length) {
  constexpr std::string_view kSymbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  std::string text;
  while (text.size() < length) {
    std::array<unsigned char, 64> bytes{};
    if (::getentropy(bytes.data(), bytes.size()) != 0) throw Error(ErrorCode::kInternal, "no random numbers");
    for (const unsigned char byte : bytes)
      if (const std::size_t index = byte % 64; index < kSymbols.size() && text.size() < length)
        text.push_back(kSymbols[index]);
  }
  return text;
}

bool read_keys(const std::string& path, config::KeyOptions& keys) {
  std::ifstream file(path);
  if (!file) {
    if (std::filesystem::exists(path)) fail(path, "cannot be read");
    return false;
  }
  std::ostringstream text;
  text << file.rdbuf();
  try {
    const Value root = object::parse_json(text.str());
    keys.app_id = root.as<Object>().at("appId").as<std::string>();
    keys.master_key = root.as<Object>().at("masterKey").as<std::string>();
  } catch (const Error&) {
    fail(path, "is damaged; remove it to get new keys");
  }
  return true;
}

void write_keys(const std::string& path, const config::KeyOptions& keys) {
  const std::string text = to_json(Object{{"appId", keys.app_id}, {"masterKey", keys.master_key}}) + "\n";
  // Written beside and renamed, so that a crash never leaves half a file.
  const std::string draft = path + ".new";
  const int descriptor = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) fail(path, fmt::format("cannot be written: {}", std::strerror(errno)));
  const bool written = ::fchmod(descriptor, 0600) == 0 &&
                       ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       ::fsync(descriptor) == 0;
  const int error = errno;
  ::close(descriptor);
  if (!written || ::rename(draft.c_str(), path.c_str()) != 0)
    fail(path, fmt::format("cannot be written: {}", std::strerror(written ? errno : error)));
}

}  // namespace

GeneratedKeys ensure_keys(config::Options& options) {
  config::KeyOptions& keys = options.keys;
  if (!keys.app_id.empty() || !keys.master_key.empty()) return {};
  const std::string path = options.runtime.data_folder + "/keys.json";
  if (!read_keys(path, keys)) {
    keys.app_id = random_text(kAppIdLength);
    keys.master_key = random_text(kMasterKeyLength);
    write_keys(path, keys);
  }
  return {.in_use = true, .path = path};
}

std::string first_steps(const config::Options& options, const GeneratedKeys& keys, const std::string& url) {
  const bool client_key = !options.keys.rest_api_key.empty();
  return fmt::format(
      "No appId and masterKey were given, so these are used (kept in {}):\n"
      "  appId      {}\n"
      "  masterKey  {}\n"
      "Save a first object:\n"
      "  curl -X POST -H 'X-Parse-Application-Id: {}'{} -H 'Content-Type: application/json' "
      "-d '{{\"score\":1337,\"playerName\":\"Sean Plott\"}}' {}/classes/GameScore\n",
      keys.path, options.keys.app_id, options.keys.master_key, options.keys.app_id,
      client_key ? fmt::format(" -H 'X-Parse-REST-API-Key: {}'", options.keys.rest_api_key) : "", url);
}

}  // namespace parse::apps
