// Cases of the conformance suite that are for PostgreSQL need a cluster.
#include "tests/support/needs_postgres.h"

#include <boost/test/tree/traverse.hpp>
#include <boost/test/tree/visitor.hpp>

namespace {

using namespace boost::unit_test;

/// Template cases carry the name of their backend, and cannot be decorated one by one.
class FindPostgres : public test_tree_visitor {
 public:
  void visit(const test_case& unit) override {
    if (unit.full_name().find("Postgres") == std::string::npos) return;
    framework::get(unit.p_id, TUT_CASE).add_precondition(parse::test::needs_postgres);
  }
};

struct SkipWithoutPostgres {
  SkipWithoutPostgres() {
    FindPostgres visitor;
    traverse_test_tree(framework::master_test_suite().p_id, visitor, true);
  }
};

BOOST_TEST_GLOBAL_CONFIGURATION(SkipWithoutPostgres);

}  // namespace
