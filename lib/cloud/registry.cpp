#include "cloud/registry.h"

#include "object/json.h"

namespace parse::cloud {
namespace {

bool is_set(const object::Object& entry, std::string_view key) {
  const object::Value* value = entry.find(key);
  return value != nullptr && value->truthy();
}

HookTable read_registrations(Runner& runner, std::string_view json) {
  const object::Value value = object::parse_json(json);
  HookTable table;
  for (const object::Value& item : value.as<object::Object>().at("hooks").as<object::Array>()) {
    const auto& entry = item.as<object::Object>();
    const auto kind = hook_kind_named(entry.at("kind").as<std::string>());
    if (!kind) continue;
    table.set(*kind, entry.at("name").as<std::string>(),
              {&runner, is_set(entry, "skipWithMasterKey"), is_set(entry, "needsRoles")});
  }
  return table;
}

}  // namespace

void Registry::set_code(Runner& runner, std::string_view registrations) {
  HookTable table = read_registrations(runner, registrations);
  const std::lock_guard lock(mutex_);
  code_ = std::move(table);
  publish();
}

void Registry::set_webhooks(HookTable webhooks) {
  const std::lock_guard lock(mutex_);
  webhooks_ = std::move(webhooks);
  publish();
}

void Registry::publish() {
  auto merged = std::make_shared<HookTable>(code_);
  for (std::size_t i = 0; i < kHookKinds; ++i) {
    const auto kind = static_cast<HookKind>(i);
    for (const auto& [name, hook] : webhooks_.of(kind)) merged->set(kind, name, hook);
  }
  current_.store(std::move(merged));
}

}  // namespace parse::cloud
