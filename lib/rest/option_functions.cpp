#include "rest/option_functions.h"

#include <utility>

#include "base/worker_pool.h"
#include "cloud/frame.h"
#include "object/json.h"
#include "rest/cloud_call.h"

namespace parse::rest {

using object::Object;
using object::Value;

OptionFunctions::OptionFunctions(const Context& context)
    : is_master_(context.principal.is_master()),
      in_transaction_(context.storage.is_transaction()),
      client_(context.client) {
  if (!context.cloud) return;
  hooks_ = context.cloud->hooks;
  depth_ = context.cloud->depth;
  deadline_ = context.cloud->deadline;
  in_transaction_ = in_transaction_ || context.cloud->in_transaction;
}

OptionFunctions::OptionFunctions(std::shared_ptr<const cloud::HookTable> hooks, std::string ip)
    : hooks_(std::move(hooks)) {
  client_.ip = std::move(ip);
}

const cloud::Hook* OptionFunctions::find(std::string_view option) const {
  return hooks_ ? hooks_->find(cloud::HookKind::kOption, option) : nullptr;
}

bool OptionFunctions::has(std::string_view option) const { return find(option) != nullptr; }

bool OptionFunctions::says_yes(std::string_view option, Object request, bool otherwise) const {
  const cloud::Hook* hook = find(option);
  if (hook == nullptr) return otherwise;
  request.set("master", is_master_);
  if (!client_.ip.empty()) request.set("ip", client_.ip);
  if (!client_.installation_id.empty()) request.set("installationId", client_.installation_id);
  const BlockingSection waiting;
  const cloud::Outcome outcome = hook->runner->run({.kind = cloud::HookKind::kOption,
                                                    .name = option,
                                                    .request = std::move(request),
                                                    .depth = depth_ + 1,
                                                    .deadline = deadline_,
                                                    .in_transaction = in_transaction_});
  const Value answer = object::parse_json(cloud::split_head(outcome).body);
  return answer.as<Object>().at("result").truthy();
}

OptionFunctions OptionFunctions::without_deadline() const {
  OptionFunctions copy = *this;
  copy.deadline_.reset();
  return copy;
}

}  // namespace parse::rest
