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
  object::Array limits;
  for (const object::Value& item : value.as<object::Object>().at("hooks").as<object::Array>()) {
    const auto& entry = item.as<object::Object>();
    const auto kind = hook_kind_named(entry.at("kind").as<std::string>());
    if (!kind) continue;
    table.set(*kind, entry.at("name").as<std::string>(),
              {&runner, is_set(entry, "skipWithMasterKey"), is_set(entry, "needsRoles")});
    if (const object::Value* limit = entry.find("rateLimit"))
      limits.emplace_back(
          object::Object{{"kind", entry.at("kind")}, {"name", entry.at("name")}, {"rateLimit", *limit}});
  }
  if (!limits.empty()) table.set_rate_limits(std::make_shared<const std::string>(object::to_json(std::move(limits))));
  return table;
}

}  // namespace

void Registry::set_code(Runner& runner, std::string_view registrations) {
  HookTable table = read_registrations(runner, registrations);
  const std::lock_guard lock(mutex_);
  code_ = std::move(table);
  publish();
}

void Registry::set_webhooks(HookTable under, HookTable over) {
  const std::lock_guard lock(mutex_);
  under_ = std::move(under);
  over_ = std::move(over);
  publish();
}

void Registry::publish() {
  auto merged = std::make_shared<HookTable>(under_);
  for (const HookTable* table : {&code_, &over_}) {
    for (std::size_t i = 0; i < kHookKinds; ++i) {
      const auto kind = static_cast<HookKind>(i);
      for (const auto& [name, hook] : table->of(kind)) merged->set(kind, name, hook);
    }
  }
  merged->set_rate_limits(code_.rate_limits());
  current_.store(std::move(merged));
}

}  // namespace parse::cloud
