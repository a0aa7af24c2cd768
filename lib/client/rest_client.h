#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/transport.h"
#include "object/value.h"

namespace parse::client {

/// The server answered with an error: its code and message, and the status that came with it.
class Refusal : public Error {
 public:
  Refusal(ErrorCode code, std::string message, int status) : Error(code, std::move(message)), status_(status) {}
  int status() const { return status_; }

 private:
  int status_;
};

/// Parameters of a query string, not yet encoded.
using Params = std::vector<std::pair<std::string, std::string>>;

/// `text` as one segment of a path, percent-encoded.
std::string segment(std::string_view text);

struct Keys {
  std::string app_id;
  std::string master_key;
};

/// A file to send.
struct Upload {
  std::string path;
  std::string content_type;
};

/// A good answer whose headers matter as well.
struct Reply {
  object::Value body;
  Answer answer;
};

/// The REST API with the master key. One thread at a time. Errors of every call: Refusal; Unreachable when nobody
/// answers, or somebody who is no Parse Server.
class RestClient {
 public:
  RestClient(std::unique_ptr<Transport> transport, Keys keys);

  object::Value get(const std::string& path, const Params& params = {});
  object::Value post(const std::string& path, const object::Value& body = object::Object());
  object::Value put(const std::string& path, const object::Value& body);
  object::Value remove(const std::string& path, const object::Value* body = nullptr);
  /// As post, with the headers of the answer.
  Reply post_for_reply(const std::string& path, const object::Value& body);

  /// Sends a file, piece by piece.
  object::Value post_file(const std::string& path, const Upload& file);

  /// Sends as it is, with the keys added, and returns any answer.
  Answer send(Call call);
  std::string place() const { return transport_->place(); }

 private:
  Reply call(Call call);
  /// The body of a good answer; throws for any other.
  object::Value read(const Answer& answer) const;

  std::unique_ptr<Transport> transport_;
  Keys keys_;
};

}  // namespace parse::client
