#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>

#include "auth/providers/ldap_session.h"
#include "tests/auth/providers/world.h"
#include "tests/support/process.h"
#include "tests/support/temp_folder.h"

using namespace parse;
using namespace parse::test;

namespace {

constexpr const char* kProgram = "/usr/sbin/slapd";
constexpr const char* kWrong = "101 LDAP: Wrong username or password";

bool has_slapd() { return std::filesystem::exists(kProgram); }

/// Skips what needs a directory, saying why, on machines without one.
auto with_slapd() {
  return boost::unit_test::precondition([](boost::unit_test::test_unit_id) {
    boost::test_tools::assertion_result result(has_slapd());
    if (!has_slapd()) result.message() << "Debian's package slapd is not installed";
    return result;
  });
}

int free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(socket, reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(socket);
  return ntohs(address.sin_port);
}

/// Waits until somebody listens on `port`; false when nobody does for a long time.
bool accepts(int port) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (std::chrono::steady_clock::now() < end) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool connected = ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    if (connected) return true;
    ::poll(nullptr, 0, 5);
  }
  return false;
}

constexpr const char* kEntries = R"x(dn: o=example
objectClass: organization
o: example

dn: uid=anna,o=example
objectClass: inetOrgPerson
uid: anna
cn: Anna
sn: A
userPassword: right

dn: uid=a\2Cb\3Dc,o=example
objectClass: inetOrgPerson
uid: a,b=c
cn: Odd
sn: O
userPassword: right

dn: uid=*)(cn\3Dplayers,o=example
objectClass: inetOrgPerson
uid: *)(cn=players
cn: Filter
sn: F
userPassword: right

dn: cn=players,o=example
objectClass: groupOfUniqueNames
cn: players
uniqueMember: uid=anna,o=example
)x";

/// OpenLDAP's server on a free port, with two people and a group. It accepts a name without a password as an anonymous
/// login, as some directories do.
class Directory {
 public:
  Directory() {
    std::filesystem::create_directory(folder_.file("db"));
    folder_.write("ca.pem", authority_.pem());
    const SigningKey key = SigningKey::ec();
    folder_.write("cert.pem", Certificate({.common_name = "server", .alternative_names = "IP:127.0.0.1"}, key,
                                          &authority_, authority_key_)
                                  .pem());
    folder_.write("key.pem", key.private_pem());
    const std::string config = folder_.write("slapd.conf", configuration());
    const std::string entries = folder_.write("entries.ldif", kEntries);
    Process load({"/usr/sbin/slapadd", "-f", config, "-l", entries}, folder_.path());
    if (load.wait() != 0) throw std::runtime_error("slapadd: " + load.seen());
    process_ = std::make_unique<Process>(
        std::vector<std::string>{kProgram, "-d", "256", "-f", config, "-h", url() + " " + tls_url()}, folder_.path());
    // It says that it starts before it listens.
    const bool running = process_->wait_for("slapd starting") && accepts(port_) && accepts(tls_port_);
    if (!running) throw std::runtime_error("slapd: " + process_->seen());
  }

  std::string url() const { return "ldap://127.0.0.1:" + std::to_string(port_); }
  std::string tls_url() const { return "ldaps://127.0.0.1:" + std::to_string(tls_port_); }
  std::string ca() const { return folder_.file("ca.pem"); }
  std::string ca_text() const { return authority_.pem(); }

 private:
  std::string configuration() const {
    return "include /etc/ldap/schema/core.schema\ninclude /etc/ldap/schema/cosine.schema\n"
           "include /etc/ldap/schema/inetorgperson.schema\nmodulepath /usr/lib/ldap\nmoduleload back_mdb\n"
           "allow bind_anon_dn\nTLSCertificateFile " +
           folder_.file("cert.pem") + "\nTLSCertificateKeyFile " + folder_.file("key.pem") + "\nTLSCACertificateFile " +
           folder_.file("ca.pem") + "\ndatabase mdb\nmaxsize 10485760\nsuffix o=example\n" +
           "rootdn cn=admin,o=example\nrootpw secret\ndirectory " + folder_.file("db") + "\n";
  }

  TempFolder folder_;
  SigningKey authority_key_ = SigningKey::ec();
  Certificate authority_{
      {.common_name = "Test authority", .is_authority = true}, authority_key_, nullptr, authority_key_};
  int port_ = free_port();
  int tls_port_ = free_port();
  std::unique_ptr<Process> process_;
};

struct Ldap : World {
  Directory directory;

  auth::Provider& provider(const std::string& more = "") {
    return set_up("ldap", "{\"url\":\"" + directory.url() + R"(","suffix":"o=example")" + more + "}");
  }
  auth::Provider& tls_provider(const std::string& ca) {
    const object::Object options{
        {"url", directory.tls_url()}, {"suffix", "o=example"}, {"tlsOptions", object::Object{{"ca", ca}}}};
    return set_up("ldap", object::to_json(options));
  }
};

constexpr const char* kAnna = R"({"id":"anna","password":"right"})";

}  // namespace

BOOST_AUTO_TEST_SUITE(ldap_provider)

// GHSA-7m6r-fhh7-r47c: what a name may do to a distinguished name or a filter.
BOOST_AUTO_TEST_CASE(special_characters_are_escaped) {
  BOOST_TEST(auth::escape_ldap_dn("anna") == "anna");
  BOOST_TEST(auth::escape_ldap_dn("a,o=x+b\"\\<>;#") == "a\\,o\\=x\\+b\\\"\\\\\\<\\>\\;\\#");
  BOOST_TEST(auth::escape_ldap_dn(" a b ") == "\\ a b\\ ");
  BOOST_TEST(auth::escape_ldap_dn(std::string("a\0b\n", 4)) == "a\\00b\\0a");
  BOOST_TEST(auth::escape_ldap_filter("a*)(uid=*\\") == "a\\2a\\29\\28uid=\\2a\\5c");
  BOOST_TEST(auth::escape_ldap_filter(std::string("\0", 1)) == "\\00");
}

BOOST_AUTO_TEST_CASE(the_right_password_logs_in, *with_slapd()) {
  Ldap ldap;
  auth::Provider& provider = ldap.provider();
  BOOST_TEST(login_failure(provider, kAnna) == "");
  BOOST_TEST(login_failure(provider, R"({"id":"a,b=c","password":"right"})") == "");
  BOOST_TEST(login_failure(provider, R"({"id":"anna","password":"wrong"})") == kWrong);
  BOOST_TEST(login_failure(provider, R"({"id":"nobody","password":"right"})") == kWrong);
}

// GHSA-4w46-w44m-3jq3
BOOST_AUTO_TEST_CASE(the_password_is_not_stored, *with_slapd()) {
  Ldap ldap;
  BOOST_TEST(object::to_json(log_in(ldap.provider(), kAnna)) == R"({"id":"anna"})");
}

// GHSA-863r-39r9-vfcf (CVE-2026-87806): the directory would take it for an anonymous login.
BOOST_AUTO_TEST_CASE(without_a_password_the_directory_is_not_asked, *with_slapd()) {
  Ldap ldap;
  auth::LdapSession session({.url = ldap.directory.url()});
  BOOST_TEST(session.bind("uid=anna,o=example", "").ok());
  auth::Provider& provider = ldap.provider();
  for (const char* data : {R"({"id":"anna"})", R"({"id":"anna","password":""})", R"({"id":"anna","password":null})",
                           R"({"id":"anna","password":0})", R"({"id":"anna","password":["right"]})", "{}",
                           R"({"id":{"$gt":""},"password":"right"})", R"({"id":"","password":"right"})"}) {
    BOOST_TEST(login_failure(provider, data) == kWrong, data);
  }
}

// GHSA-7m6r-fhh7-r47c
BOOST_AUTO_TEST_CASE(a_name_cannot_reach_another_entry, *with_slapd()) {
  Ldap ldap;
  auth::Provider& provider = ldap.provider(R"(,"dn":"uid={{id}},o=example")");
  BOOST_TEST(login_failure(provider, kAnna) == "");
  for (const char* id : {"anna,o=example", "x+uid=anna", "*", "ann*", "anna)(uid=*", "anna\\u0000"}) {
    BOOST_TEST(login_failure(provider, std::string("{\"id\":\"") + id + R"(","password":"right"})") != "", id);
  }
}

BOOST_AUTO_TEST_CASE(a_group_can_be_asked_for, *with_slapd()) {
  Ldap ldap;
  auth::Provider& provider = ldap.provider(
      R"x(,"groupCn":"players","groupFilter":"(&(uniqueMember=uid={{id}},o=example)(objectClass=groupOfUniqueNames))")x");
  BOOST_TEST(login_failure(provider, kAnna) == "");
  BOOST_TEST(login_failure(provider, R"({"id":"a,b=c","password":"right"})") == "1 LDAP: User not in group");
}

// GHSA-7m6r-fhh7-r47c: a user of the directory whose name, as it is, would make the filter match the group.
BOOST_AUTO_TEST_CASE(a_name_cannot_change_the_filter_of_the_group, *with_slapd()) {
  Ldap ldap;
  const std::string data = R"x({"id":"*)(cn=players","password":"right"})x";
  BOOST_TEST(login_failure(ldap.provider(), data) == "");
  auth::Provider& provider =
      ldap.provider(R"x(,"groupCn":"players","groupFilter":"(|(description={{id}})(description=none))")x");
  BOOST_TEST(login_failure(provider, data) == "1 LDAP: User not in group");
}

BOOST_AUTO_TEST_CASE(a_broken_filter_is_an_error, *with_slapd()) {
  Ldap ldap;
  auth::Provider& provider = ldap.provider(R"x(,"groupCn":"players","groupFilter":"((")x");
  BOOST_TEST(login_failure(provider, kAnna) == "1 LDAP group search failed");
}

BOOST_AUTO_TEST_CASE(tls_needs_a_certificate_that_is_trusted, *with_slapd()) {
  Ldap ldap;
  BOOST_TEST(login_failure(ldap.tls_provider(ldap.directory.ca()), kAnna) == "");
  BOOST_TEST(login_failure(ldap.tls_provider(ldap.directory.ca_text()), kAnna) == "");
  const SigningKey key = SigningKey::ec();
  const Certificate stranger({.common_name = "Stranger", .is_authority = true}, key, nullptr, key);
  BOOST_TEST(login_failure(ldap.tls_provider(stranger.pem()), kAnna).starts_with("101 LDAP: Something went wrong ("));
  auth::Provider& system = ldap.set_up("ldap", "{\"url\":\"" + ldap.directory.tls_url() + R"(","suffix":"o=example"})");
  BOOST_TEST(login_failure(system, kAnna).starts_with("101 LDAP: Something went wrong ("));
}

BOOST_AUTO_TEST_CASE(a_directory_that_is_away_is_an_error) {
  World world;
  auth::Provider& provider =
      world.set_up("ldap", R"({"url":"ldap://127.0.0.1:)" + std::to_string(free_port()) + R"(","suffix":"o=x"})");
  BOOST_TEST(login_failure(provider, kAnna) == "101 LDAP: Something went wrong (-1)");
}

BOOST_AUTO_TEST_CASE(a_directory_that_is_silent_costs_no_more_than_the_timeout) {
  LocalServer silent([](const SeenRequest&) { return Reply{}; });
  auth::LdapSession session(
      {.url = "ldap://127.0.0.1:" + std::to_string(silent.port()), .timeout = std::chrono::milliseconds(300)});
  const auto start = std::chrono::steady_clock::now();
  BOOST_TEST(!session.bind("uid=anna,o=example", "right").ok());
  BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(5)));
}

BOOST_AUTO_TEST_CASE(bad_options_stop_the_start) {
  World world;
  const auto failure = [&](const std::string& options) { return failure_of([&] { world.set_up("ldap", options); }); };
  BOOST_TEST(failure("{}") == "-1 'auth.ldap' needs url\n'auth.ldap' needs suffix");
  BOOST_TEST(failure(R"({"url":"http://a","suffix":"o=x"})") == "-1 'auth.ldap' takes an ldap or ldaps URL as url");
  BOOST_TEST(failure(R"({"url":"ldap://a","suffix":"o=x","dn":"uid=anna"})") ==
             "-1 'auth.ldap' needs {{id}} in dn: everybody would be the same user");
  BOOST_TEST(failure(R"({"url":"ldap://a","suffix":"o=x","groupCn":"g"})") ==
             "-1 'auth.ldap' takes groupCn and groupFilter only together");
  for (const char* tls :
       {R"({"rejectUnauthorized":false})", R"({"ca":"a","rejectUnauthorized":false})", "\"x\"", "{}"}) {
    BOOST_TEST(failure(R"({"url":"ldaps://a","suffix":"o=x","tlsOptions":)" + std::string(tls) + "}") ==
               R"(-1 'auth.ldap' takes {"ca": PEM text or file} as tlsOptions, with an ldaps URL; nothing else)");
  }
}

BOOST_AUTO_TEST_SUITE_END()
