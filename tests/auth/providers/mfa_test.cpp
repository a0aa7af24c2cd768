#include "auth/providers/mfa.h"

#include <set>

#include "crypto/base64.h"
#include "tests/auth/providers/world.h"

using namespace parse;
using namespace parse::test;
using auth::AuthPhase;
using auth::ProviderRequest;
using auth::ProviderResult;
using object::Object;

namespace {

const std::string kSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/// A user who has stored `mfa` for this provider.
struct User {
  Object stored;

  explicit User(const Object& mfa) : stored{{"objectId", "u1"}, {"authData", Object{{"mfa", mfa}}}} {}
  ProviderRequest request(bool is_master = false) const { return {.is_master = is_master, .user = &stored}; }
};

struct Totp : World {
  auth::Provider& provider = set_up("mfa", R"({"options":["TOTP"]})");
  User user{Object{{"secret", kSecret}, {"recovery", object::Array{"recovery-one", "recovery-two"}}}};

  std::string password(int periods_from_now = 0) const {
    return crypto::totp({}, *crypto::decode_base32(kSecret), std::chrono::seconds(now / 1000 + periods_from_now * 30));
  }
  ProviderResult validate(AuthPhase phase, const Object& data) {
    return provider.validate(phase, data, phase == AuthPhase::kSetUp ? ProviderRequest{} : user.request());
  }
  std::string failure(AuthPhase phase, const Object& data) {
    return failure_of([&] { validate(phase, data); });
  }
};

/// SMS through a remote adapter on the loopback address.
struct Sms : World {
  auth::Provider& provider = set_up("mfa", R"({"options":["SMS","TOTP"],"period":60,"sendSMS":{"http":
      {"url":"https://sms.example/hooks","methods":["sendSMS"],"secret":"s"}}})");

  Sms() { answer("sms.example/hooks/sendSMS", "{}"); }
  /// Token and number of the last message.
  std::pair<std::string, std::string> message() const {
    const Object body = object_of(last("sms.example/hooks/sendSMS").body);
    const auto& arguments = body.at("args").as<object::Array>();
    return {arguments.at(0).as<std::string>(), arguments.at(1).as<std::string>()};
  }
  int messages() const { return count("sms.example/hooks/sendSMS"); }
  std::string failure(AuthPhase phase, const Object& data, const User& user) {
    return failure_of([&] { provider.validate(phase, data, user.request()); });
  }
  Object set_up_mobile() {
    return *provider.validate(AuthPhase::kSetUp, Object{{"mobile", "+49 170 1234567"}}, {}).save;
  }
  /// What is stored after a number was set up and confirmed.
  Object confirmed() {
    const User user(set_up_mobile());
    const Object data{{"mobile", "+49 170 1234567"}, {"token", message().first}};
    return *provider.validate(AuthPhase::kUpdate, data, user.request()).save;
  }
};

constexpr const char* kBadToken = "141 Invalid MFA token";

}  // namespace

BOOST_AUTO_TEST_SUITE(mfa)

BOOST_AUTO_TEST_CASE(it_is_asked_for_beside_another_way_and_names_no_user) {
  Totp totp;
  BOOST_TEST((totp.provider.policy(nullptr) == auth::ProviderPolicy::kAdditional));
  BOOST_TEST(!totp.provider.identifies_users());
}

BOOST_AUTO_TEST_CASE(setting_up_answers_two_recovery_codes_once_and_stores_them_with_the_secret) {
  Totp totp;
  const auto result = totp.validate(AuthPhase::kSetUp, Object{{"secret", kSecret}, {"token", totp.password()}});
  const auto& codes = result.save->at("recovery").as<object::Array>();
  BOOST_TEST(codes.size() == 2u);
  BOOST_TEST(codes[0].as<std::string>().size() == 30u);
  BOOST_TEST(codes[0].as<std::string>() != codes[1].as<std::string>());
  BOOST_TEST(result.response->as<Object>().at("recovery").as<std::string>() ==
             codes[0].as<std::string>() + ", " + codes[1].as<std::string>());
  BOOST_TEST(result.save->at("secret").as<std::string>() == kSecret);
  BOOST_TEST(!result.save->contains("token"));
}

BOOST_AUTO_TEST_CASE(setting_up_needs_a_long_secret_and_its_password) {
  Totp totp;
  const std::string good = totp.password();
  BOOST_TEST(totp.failure(AuthPhase::kSetUp, Object{{"secret", "GEZDGNBVGY3TQOJQ"}, {"token", good}}) ==
             "141 Invalid MFA data");
  BOOST_TEST(totp.failure(AuthPhase::kSetUp, Object{{"secret", kSecret}}) == "141 Invalid MFA data");
  BOOST_TEST(totp.failure(AuthPhase::kSetUp, Object{{"secret", 7}, {"token", good}}) == "141 Invalid MFA data");
  BOOST_TEST(totp.failure(AuthPhase::kSetUp, Object{{"secret", kSecret}, {"token", "000000"}}) == kBadToken);
  BOOST_TEST(totp.failure(AuthPhase::kSetUp, Object{{"secret", std::string(32, '1')}, {"token", good}}) == kBadToken);
  BOOST_TEST(totp.failure(AuthPhase::kSetUp, Object{{"mobile", "+49"}}) == "141 Invalid MFA data");
}

BOOST_AUTO_TEST_CASE(a_password_of_now_logs_in_and_changes_nothing) {
  Totp totp;
  for (const int period : {-1, 0, 1}) {
    const auto result = totp.validate(AuthPhase::kLogin, Object{{"token", totp.password(period)}});
    BOOST_TEST(result.do_not_save);
    BOOST_TEST(!result.save.has_value());
  }
  BOOST_TEST(totp.failure(AuthPhase::kLogin, Object{{"token", totp.password(2)}}) == kBadToken);
  BOOST_TEST(totp.failure(AuthPhase::kLogin, Object{{"token", totp.password(-2)}}) == kBadToken);
}

BOOST_AUTO_TEST_CASE(login_needs_a_token_that_is_a_text) {
  Totp totp;
  for (const object::Value& token :
       {object::Value(), object::Value(123456), object::Value(""), object::Value(Object{{"$ne", ""}}),
        object::Value(object::Array{"recovery-one"})}) {
    BOOST_TEST(totp.failure(AuthPhase::kLogin, Object{{"token", token}}) == kBadToken);
  }
  BOOST_TEST(totp.failure(AuthPhase::kLogin, Object{}) == kBadToken);
}

// GHSA-4hf6-3x24-c9m8 (CVE-2026-31875): a recovery code could be used again.
BOOST_AUTO_TEST_CASE(a_recovery_code_is_used_up) {
  Totp totp;
  const auto first = totp.validate(AuthPhase::kLogin, Object{{"token", "recovery-one"}});
  BOOST_TEST(object::to_json(first.save->at("recovery")) == R"(["recovery-two"])");
  BOOST_TEST(first.save->at("secret").as<std::string>() == kSecret);
  totp.user = User(*first.save);
  BOOST_TEST(totp.failure(AuthPhase::kLogin, Object{{"token", "recovery-one"}}) == kBadToken);
  BOOST_TEST(totp.failure(AuthPhase::kLogin, Object{{"token", "recovery-two"}}) == "");
}

// GHSA-2299-ghjr-6vjp: two logins at once must not both use it; storage decides.
BOOST_AUTO_TEST_CASE(what_may_be_used_once_is_stored_by_compare_and_set) {
  Totp totp;
  BOOST_TEST(totp.validate(AuthPhase::kLogin, Object{{"token", "recovery-one"}}).single_use);
  BOOST_TEST(!totp.validate(AuthPhase::kLogin, Object{{"token", totp.password()}}).single_use);
}

BOOST_AUTO_TEST_CASE(a_change_needs_the_old_password_or_a_recovery_code) {
  Totp totp;
  const Object changed{{"secret", kSecret}, {"token", totp.password()}};
  BOOST_TEST(totp.failure(AuthPhase::kUpdate, changed) == kBadToken);
  Object data = changed;
  data.set("old", "000000");
  BOOST_TEST(totp.failure(AuthPhase::kUpdate, data) == kBadToken);
  data.set("old", totp.password());
  const auto result = totp.validate(AuthPhase::kUpdate, data);
  BOOST_TEST(result.save->at("recovery").as<object::Array>().at(0).as<std::string>() != "recovery-one");
  data.set("old", "recovery-one");
  BOOST_TEST(totp.validate(AuthPhase::kUpdate, data).single_use);
}

BOOST_AUTO_TEST_CASE(the_master_key_changes_it_without_proof) {
  Totp totp;
  const auto result = totp.provider.validate(AuthPhase::kUpdate, Object{{"secret", kSecret}}, totp.user.request(true));
  BOOST_TEST(!result.save.has_value());
  BOOST_TEST(!result.do_not_save);
}

// GHSA-37mj-c2wf-cx96, GHSA-wp76-gg32-8258: secrets must not be readable.
BOOST_AUTO_TEST_CASE(readers_see_whether_it_is_set_up_and_only_the_master_key_sees_more) {
  Totp totp;
  const Object stored = totp.user.stored.at("authData").as<Object>().at("mfa").as<Object>();
  BOOST_TEST(object::to_json(totp.provider.after_find(stored, false)) == R"({"status":"enabled"})");
  BOOST_TEST(object::to_json(totp.provider.after_find({}, false)) == R"({"status":"disabled"})");
  BOOST_TEST((totp.provider.after_find(stored, true) == stored));
}

BOOST_AUTO_TEST_CASE(digits_period_and_algorithm_can_be_chosen) {
  World world;
  auth::Provider& provider = world.set_up("mfa", R"({"options":["TOTP"],"digits":8,"period":60,"algorithm":"SHA256"})");
  const crypto::TotpSettings settings{.digits = 8, .period = std::chrono::seconds(60), .hash = crypto::Hash::kSha256};
  const std::string token =
      crypto::totp(settings, *crypto::decode_base32(kSecret), std::chrono::seconds(world.now / 1000));
  BOOST_TEST(failure_of([&] {
               provider.validate(AuthPhase::kSetUp, Object{{"secret", kSecret}, {"token", token}}, {});
             }) == "");
}

BOOST_AUTO_TEST_CASE(a_number_gets_a_token_and_is_pending) {
  Sms sms;
  const Object stored = sms.set_up_mobile();
  const auto [token, number] = sms.message();
  BOOST_TEST(number == "+49 170 1234567");
  BOOST_TEST(token.size() == 6u);
  BOOST_TEST(token.find_first_not_of("0123456789") == std::string::npos);
  const Object& pending = stored.at("pending").as<Object>().at("+49 170 1234567").as<Object>();
  BOOST_TEST(pending.at("token").as<std::string>() == token);
  BOOST_TEST(pending.at("expiry").as<object::Date>().time == sms.now + 60'000);
  BOOST_TEST((sms.provider.policy(&stored) == auth::ProviderPolicy::kDefault));
  BOOST_TEST(object::to_json(sms.provider.after_find(stored, false)) == R"({"status":"disabled"})");
  BOOST_TEST(sms.last("sms.example/hooks/sendSMS").header("x-parse-adapter-secret") == "s");
}

BOOST_AUTO_TEST_CASE(numbers_that_are_none_get_no_message) {
  Sms sms;
  for (const char* number : {"+", "abc", "+49 abc", "0170;1234", "+49\r\n170"}) {
    BOOST_TEST(failure_of([&] {
                 sms.provider.validate(AuthPhase::kSetUp, Object{{"mobile", number}}, {});
               }) == "141 Invalid mobile number.",
               number);
  }
  BOOST_TEST(sms.messages() == 0);
}

BOOST_AUTO_TEST_CASE(a_pending_number_is_confirmed_by_its_token) {
  Sms sms;
  const Object stored = sms.confirmed();
  BOOST_TEST(stored.at("mobile").as<std::string>() == "+49 170 1234567");
  BOOST_TEST(stored.at("pending").as<Object>().empty());
  BOOST_TEST((sms.provider.policy(&stored) == auth::ProviderPolicy::kAdditional));
  BOOST_TEST(object::to_json(sms.provider.after_find(stored, false)) == R"({"status":"enabled"})");
}

BOOST_AUTO_TEST_CASE(a_number_is_not_confirmed_by_anything_else) {
  Sms sms;
  const User user(sms.set_up_mobile());
  const std::string token = sms.message().first;
  BOOST_TEST(sms.failure(AuthPhase::kUpdate, Object{{"mobile", "+49 170 1234567"}}, user) ==
             "141 MFA is already set up on this account");
  BOOST_TEST(sms.failure(AuthPhase::kUpdate, Object{{"mobile", "+1"}, {"token", token}}, user) ==
             "141 This number is not pending");
  BOOST_TEST(sms.failure(AuthPhase::kUpdate, Object{{"mobile", "+49 170 1234567"}, {"token", token + "0"}}, user) ==
             kBadToken);
  sms.now += 60'001;
  BOOST_TEST(sms.failure(AuthPhase::kUpdate, Object{{"mobile", "+49 170 1234567"}, {"token", token}}, user) ==
             kBadToken);
}

BOOST_AUTO_TEST_CASE(a_token_is_requested_stored_and_then_logs_in_once) {
  Sms sms;
  const User user(sms.confirmed());
  const auto requested = sms.provider.validate(AuthPhase::kLogin, Object{{"token", "request"}}, user.request());
  BOOST_TEST(requested.fail_after_save->message() == "Please enter the token");
  BOOST_TEST(static_cast<int>(requested.fail_after_save->code()) == 141);
  const User asked(*requested.save);
  const std::string token = sms.message().first;
  const auto result = sms.provider.validate(AuthPhase::kLogin, Object{{"token", token}}, asked.request());
  // GHSA-jpq4-7fmq-q5fj (CVE-2026-43930): used by compare and set, and gone afterwards.
  BOOST_TEST(result.single_use);
  BOOST_TEST(!result.save->contains("token"));
  BOOST_TEST(sms.failure(AuthPhase::kLogin, Object{{"token", token}}, User(*result.save)) == kBadToken);
}

BOOST_AUTO_TEST_CASE(other_and_late_tokens_do_not_log_in) {
  Sms sms;
  const User nothing_sent(sms.confirmed());
  BOOST_TEST(sms.failure(AuthPhase::kLogin, Object{}, nothing_sent) == kBadToken);
  BOOST_TEST(sms.failure(AuthPhase::kLogin, Object{{"token", ""}}, nothing_sent) == kBadToken);
  const auto requested = sms.provider.validate(AuthPhase::kLogin, Object{{"token", "request"}}, nothing_sent.request());
  const User asked(*requested.save);
  BOOST_TEST(sms.failure(AuthPhase::kLogin, Object{{"token", "x"}}, asked) == kBadToken);
  sms.now += 60'001;
  BOOST_TEST(sms.failure(AuthPhase::kLogin, Object{{"token", sms.message().first}}, asked) == kBadToken);
}

BOOST_AUTO_TEST_CASE(a_message_that_cannot_be_sent_stores_nothing) {
  Sms sms;
  sms.answer("sms.example/hooks/sendSMS", R"({"error":"no credit"})");
  BOOST_TEST(failure_of([&] { sms.set_up_mobile(); }) == "141 no credit");
}

BOOST_AUTO_TEST_CASE(tokens_differ) {
  Sms sms;
  std::set<std::string> tokens;
  for (int i = 0; i < 5; ++i) {
    sms.set_up_mobile();
    tokens.insert(sms.message().first);
  }
  BOOST_TEST(tokens.size() > 1u);
}

BOOST_AUTO_TEST_CASE(bad_options_stop_the_start) {
  World world;
  const auto failure = [&](const std::string& options) { return failure_of([&] { world.set_up("mfa", options); }); };
  BOOST_TEST(failure("{}") == "-1 'auth.mfa' needs a list of texts as options, with at least one");
  BOOST_TEST(failure(R"({"options":"TOTP"})") == "-1 'auth.mfa' needs a list of texts as options, with at least one");
  BOOST_TEST(failure(R"({"options":["MAIL"]})") == "-1 'auth.mfa' takes TOTP and SMS as options, not MAIL");
  BOOST_TEST(failure(R"({"options":["SMS"]})") ==
             R"(-1 'auth.mfa' needs sendSMS, {"http": …}, when options holds SMS)");
  BOOST_TEST(failure(R"({"options":["TOTP"],"digits":3,"period":9,"algorithm":"MD5"})") ==
             "-1 'auth.mfa' takes a whole number from 4 to 10 as digits\n"
             "'auth.mfa' takes a whole number from 10 to 3600 as period\n"
             "'auth.mfa' takes SHA1, SHA256 or SHA512 as algorithm");
}

BOOST_AUTO_TEST_SUITE_END()
