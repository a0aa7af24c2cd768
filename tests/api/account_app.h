#pragma once

#include <string>

#include "tests/api/test_app.h"

namespace parse::test {

/// A TestApp with a few people in it.
class AccountApp : public TestApp {
 public:
  using TestApp::TestApp;

  /// Somebody with a session.
  struct Person {
    std::string id;
    std::string token;
    Fields fields;
  };

  /// Signs up with the password "secret".
  Person sign_up(const std::string& username) {
    const auto response = post("/users", R"({"username":")" + username + R"(","password":"secret"})");
    return person(member(response, "objectId").as<std::string>(), member(response, "sessionToken").as<std::string>());
  }
  static Person person(std::string id, std::string token) {
    Fields fields = kPublic;
    fields.emplace_back("X-Parse-Session-Token", token);
    return {std::move(id), std::move(token), std::move(fields)};
  }
  /// Makes a role that nobody may change but the master key; returns its id.
  std::string create_role(const std::string& name, const std::string& users, const std::string& roles = "") {
    const std::string body = R"({"name":")" + name + R"(","ACL":{"*":{"read":true}},"users":)" +
                             relation(users, "_User") + R"(,"roles":)" + relation(roles, "_Role") + "}";
    return member(post("/roles", body, kMaster), "objectId").as<std::string>();
  }
  /// Gives a class its permissions, making it when it does not exist.
  void set_permissions(const std::string& class_name, const std::string& permissions) {
    const std::string body = R"({"className":")" + class_name + R"(","classLevelPermissions":)" + permissions + "}";
    if (post("/schemas/" + class_name, body, kMaster).status != 200) put("/schemas/" + class_name, body, kMaster);
  }
  static std::string pointer(const std::string& class_name, const std::string& id) {
    return R"({"__type":"Pointer","className":")" + class_name + R"(","objectId":")" + id + R"("})";
  }
  /// How many objects a query finds.
  std::size_t count_found(const std::string& target, const Fields& fields) {
    return member(get(target, fields), "results").as<object::Array>().size();
  }

 private:
  static std::string relation(const std::string& id, const std::string& class_name) {
    if (id.empty()) return R"({"__op":"AddRelation","objects":[]})";
    return R"({"__op":"AddRelation","objects":[)" + pointer(class_name, id) + "]}";
  }
};

}  // namespace parse::test
