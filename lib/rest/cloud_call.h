#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "cloud/registry.h"
#include "object/value.h"

namespace parse::rest {

/// What Cloud Code has to do with one request.
struct CloudCall {
  std::shared_ptr<const cloud::HookTable> hooks;
  /// `request.context`: handed from hook to hook, each of which may change it.
  object::Object context = {};
  /// The header fields of the request, names in lower case; asked for when a hook is called.
  std::function<object::Object()> headers = {};
  /// How many hooks this request is inside of; 0 for one from outside.
  int depth = 0;
  /// Of the hook that makes the request.
  std::optional<cloud::Deadline> deadline = std::nullopt;
  /// That hook is part of a transaction, which waits for it.
  bool in_transaction = false;
};

/// One for a request that runs beside the other, such as a part of a batch; nullptr for nullptr.
std::shared_ptr<CloudCall> copy_of(const std::shared_ptr<CloudCall>& call);

}  // namespace parse::rest
