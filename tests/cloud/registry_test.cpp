#include "cloud/registry.h"

#include <boost/test/unit_test.hpp>

#include "base/error.h"

using namespace parse;
using namespace parse::cloud;

namespace {

struct SilentRunner : Runner {
  Outcome run(Invocation) override { return "\n{}"; }
};

constexpr const char* kHooks =
    R"({"hooks":[{"kind":"function","name":"hello"},{"kind":"beforeSave","name":"Game","skipWithMasterKey":true},
                 {"kind":"afterFind","name":"Game","needsRoles":true},{"kind":"beforeConnect","name":"@Connect"}]})";

}  // namespace

BOOST_AUTO_TEST_SUITE(registry)

BOOST_AUTO_TEST_CASE(it_is_empty_at_first) {
  BOOST_CHECK(Registry().hooks()->empty());
  BOOST_CHECK(Registry().hooks()->find(HookKind::kFunction, "hello") == nullptr);
}

BOOST_AUTO_TEST_CASE(what_the_code_registers_is_found_by_kind_and_name) {
  SilentRunner runner;
  Registry registry;
  registry.set_code(runner, kHooks);
  const auto hooks = registry.hooks();
  const Hook* function = hooks->find(HookKind::kFunction, "hello");
  BOOST_REQUIRE(function != nullptr);
  BOOST_CHECK(function->runner == &runner);
  BOOST_CHECK(!function->skips_master_key && !function->needs_roles);
  BOOST_CHECK(hooks->find(HookKind::kBeforeSave, "Game")->skips_master_key);
  BOOST_CHECK(hooks->find(HookKind::kAfterFind, "Game")->needs_roles);
  BOOST_CHECK(hooks->find(HookKind::kAfterSave, "Game") == nullptr);
  BOOST_CHECK(hooks->find(HookKind::kFunction, "Hello") == nullptr);
}

BOOST_AUTO_TEST_CASE(new_code_takes_the_place_of_all_the_old_and_a_request_keeps_what_it_has) {
  SilentRunner runner;
  Registry registry;
  registry.set_code(runner, kHooks);
  const auto before = registry.hooks();
  registry.set_code(runner, R"({"hooks":[]})");
  BOOST_CHECK(registry.hooks()->empty());
  BOOST_CHECK(before->find(HookKind::kFunction, "hello") != nullptr);
}

BOOST_AUTO_TEST_CASE(code_goes_over_older_webhooks) {
  SilentRunner code;
  SilentRunner web;
  Registry registry;
  HookTable webhooks;
  webhooks.set(HookKind::kFunction, "hello", {&web});
  registry.set_webhooks(webhooks, {});
  BOOST_CHECK(registry.hooks()->find(HookKind::kFunction, "hello")->runner == &web);
  registry.set_code(code, kHooks);
  BOOST_CHECK(registry.hooks()->find(HookKind::kFunction, "hello")->runner == &code);
}

BOOST_AUTO_TEST_CASE(a_newer_webhook_goes_over_code_and_outlives_a_reload) {
  SilentRunner code;
  SilentRunner web;
  Registry registry;
  registry.set_code(code, kHooks);
  HookTable webhooks;
  webhooks.set(HookKind::kFunction, "hello", {&web});
  registry.set_webhooks({}, webhooks);
  BOOST_CHECK(registry.hooks()->find(HookKind::kFunction, "hello")->runner == &web);
  BOOST_CHECK(registry.hooks()->find(HookKind::kBeforeSave, "Game")->runner == &code);
  registry.set_code(code, kHooks);
  BOOST_CHECK(registry.hooks()->find(HookKind::kFunction, "hello")->runner == &web);
  registry.set_webhooks({}, {});
  BOOST_CHECK(registry.hooks()->find(HookKind::kFunction, "hello")->runner == &code);
}

BOOST_AUTO_TEST_CASE(registrations_that_cannot_be_read_change_nothing) {
  SilentRunner runner;
  Registry registry;
  registry.set_code(runner, kHooks);
  BOOST_CHECK_THROW(registry.set_code(runner, "{"), Error);
  BOOST_CHECK(registry.hooks()->find(HookKind::kFunction, "hello") != nullptr);
}

BOOST_AUTO_TEST_CASE(every_kind_has_a_name_that_leads_back) {
  for (std::size_t i = 0; i < kHookKinds; ++i) {
    const auto kind = static_cast<HookKind>(i);
    BOOST_CHECK(hook_kind_named(to_string(kind)) == kind);
  }
  BOOST_CHECK(!hook_kind_named("beforeConnect"));
}

BOOST_AUTO_TEST_SUITE_END()
