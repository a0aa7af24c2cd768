#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "server/routes.h"

BOOST_AUTO_TEST_SUITE(route_table)

/// tests/access knows the routes by this file, and has expectations for each: a route that is not in it cannot be
/// added.
BOOST_AUTO_TEST_CASE(the_access_matrix_knows_every_route) {
  const auto path = std::filesystem::path(__FILE__).parent_path().parent_path() / "access" / "routes.txt";
  std::ifstream file(path);
  BOOST_REQUIRE_MESSAGE(file, path.string());
  std::vector<std::string> known;
  for (std::string line; std::getline(file, line);) known.push_back(line);
  const std::vector<std::string> routes = parse::server::make_routes().list();
  BOOST_TEST(known == routes, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
