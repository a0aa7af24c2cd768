#include "tests/storage/conformance/fixture.h"

using namespace parse;
using namespace parse::storage::conformance;

BOOST_AUTO_TEST_SUITE(conformance_relations)

namespace {

/// Teams t1 (members p1, p2) and t2 (p2); players p1, p2, p3, of whom p1 and p2 point at a home city.
template <typename Backend>
struct League : Store<Backend> {
  League() {
    this->make_class(class_of("City", {field("name", FieldKind::kString), field("size", FieldKind::kNumber)}));
    this->make_class(class_of("Player", {field("home", FieldKind::kPointer, "City"), field("city", FieldKind::kString),
                                         field("cities", FieldKind::kArray), field("map", FieldKind::kObject)}));
    this->make_class(
        class_of("Team", {field("members", FieldKind::kRelation, "Player"), field("name", FieldKind::kString)}));
    this->create("City", "c1", R"({"name":"Rome","size":3})");
    this->create("City", "c2", R"({"name":"Bath","size":1})");
    this->create("Player", "p1", R"({"home":{"__type":"Pointer","className":"City","objectId":"c1"},"city":"Rome"})");
    this->create("Player", "p2",
                 R"({"home":{"__type":"Pointer","className":"City","objectId":"c2"},"city":"Oslo",)"
                 R"("cities":["Bath",{"__type":"Pointer","className":"City","objectId":"c1"}],)"
                 R"("map":{"in":"Bath"}})");
    this->create("Player", "p3");
    this->create("Team", "t1");
    this->create("Team", "t2");
    join("t1", {"p1", "p2"}, {});
    join("t2", {"p2"}, {});
  }
  void join(const std::string& team, const std::vector<std::string>& added, const std::vector<std::string>& removed) {
    object::ChangeRelation change;
    for (const std::string& id : added) change.added.push_back({"Player", id});
    for (const std::string& id : removed) change.removed.push_back({"Player", id});
    this->backend->change_relation({"Team", team}, "members", change);
  }
  std::string members(const std::string& team, const std::string& key = "members") {
    query::Find find = this->find_of("Player");
    find.where.conditions.push_back(query::RelatedTo{{"Team", team}, key, {}});
    return this->ids(find);
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(members_are_found_from_their_owner, Backend, AllBackends) {
  League<Backend> league;
  BOOST_CHECK_EQUAL(league.members("t1"), "p1 p2");
  BOOST_CHECK_EQUAL(league.members("t2"), "p2");
  BOOST_CHECK_EQUAL(league.members("t9"), "");
  BOOST_CHECK_EQUAL(league.members("t1", "unknown"), "");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(adding_twice_is_once_and_removing_undoes_it, Backend, AllBackends) {
  League<Backend> league;
  league.join("t2", {"p2", "p3", "p3"}, {});
  BOOST_CHECK_EQUAL(league.members("t2"), "p2 p3");
  league.join("t2", {}, {"p2", "p9"});
  BOOST_CHECK_EQUAL(league.members("t2"), "p3");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_deleted_owner_or_member_is_not_found, Backend, AllBackends) {
  League<Backend> league;
  league.backend->remove(league.schema, "Player", league.where("Player", R"({"objectId":"p1"})"));
  BOOST_CHECK_EQUAL(league.members("t1"), "p2");
  league.backend->remove(league.schema, "Team", league.where("Team", R"({"objectId":"t1"})"));
  BOOST_CHECK_EQUAL(league.members("t1"), "");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_owner_who_does_not_pass_its_check_has_no_members, Backend, AllBackends) {
  League<Backend> league;
  query::Find find = league.find_of("Player");
  query::RelatedTo related{{"Team", "t1"}, "members", {}};
  related.owner_where->conditions.push_back(query::AclAllows{query::AclRight::kRead, {"*"}});
  find.where.conditions.push_back(related);
  BOOST_CHECK_EQUAL(league.ids(find), "p1 p2");
  league.update("Team", R"({"objectId":"t1"})", R"({"ACL":{}})");
  BOOST_CHECK_EQUAL(league.ids(find), "");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(owners_are_found_from_their_members, Backend, AllBackends) {
  League<Backend> league;
  const std::string p1 = R"({"__type":"Pointer","className":"Player","objectId":"p1"})";
  BOOST_CHECK_EQUAL(league.ids("Team", R"({"members":)" + p1 + "}"), "t1");
  BOOST_CHECK_EQUAL(league.ids("Team", R"({"members":{"$in":[)" + p1 + "]}}"), "t1");
  BOOST_CHECK_EQUAL(league.ids("Team", R"({"members":{"$ne":)" + p1 + "}}"), "t2");
  BOOST_CHECK_EQUAL(league.ids("Team", R"({"members":{"$nin":[)" + p1 + "]}}"), "t2");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_update_can_change_relations_with_the_rest, Backend, AllBackends) {
  League<Backend> league;
  league.update("Team", R"({"objectId":"t2"})",
                R"({"name":"B","members":{"__op":"AddRelation","objects":[)"
                R"({"__type":"Pointer","className":"Player","objectId":"p3"}]}})");
  BOOST_CHECK_EQUAL(league.members("t2"), "p2 p3");
  BOOST_CHECK_EQUAL(league.get("Team", "t2"),
                    R"({"objectId":"t2","members":{"__type":"Relation","className":"Player"},"name":"B"})");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(in_query_follows_pointers_and_lists_of_pointers, Backend, AllBackends) {
  League<Backend> league;
  const auto homes = [&](const std::string& name, const std::string& where) {
    return league.ids("Player", R"({")" + name + R"(":{"className":"City","where":)" + where + "}}}");
  };
  BOOST_CHECK_EQUAL(homes(R"(home":{"$inQuery)", R"({"size":{"$gt":1}})"), "p1");
  BOOST_CHECK_EQUAL(homes(R"(home":{"$notInQuery)", R"({"size":{"$gt":1}})"), "p2 p3");
  BOOST_CHECK_EQUAL(homes(R"(home":{"$inQuery)", R"({"size":{"$gt":9}})"), "");
  BOOST_CHECK_EQUAL(homes(R"(cities":{"$inQuery)", R"({"name":"Rome"})"), "p2");
  BOOST_CHECK_EQUAL(league.ids("Team", R"({"members":{"$inQuery":{"className":"Player","where":{"city":"Rome"}}}})"),
                    "t1");
  BOOST_CHECK_EXCEPTION(homes(R"(city":{"$inQuery)", "{}"), Error, has_code(ErrorCode::kInvalidQuery));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_join_table_reads_like_a_class, Backend, AllBackends) {
  League<Backend> league;
  query::Find find;
  find.class_name = "_Join:members:Team";
  find.where.conditions.push_back(query::FieldCondition{"owningId", query::Equal{"t2"}});
  BOOST_CHECK_EQUAL(object::to_json(league.find(find)), R"([{"relatedId":"p2","owningId":"t2"}])");
  BOOST_CHECK_EQUAL(league.backend->count(league.schema, "_Join:members:Team", {}), 3);
  BOOST_CHECK_EQUAL(league.backend->count(league.schema, "_Join:unknown:Team", {}), 0);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(in_query_nests, Backend, AllBackends) {
  League<Backend> league;
  query::Find find = league.find_of("Team", R"({"members":{"$inQuery":{"className":"Player","where":{"home":)"
                                            R"({"$inQuery":{"className":"City","where":{"name":"Bath"}}}}}}})");
  find.order = {{"objectId"}};
  BOOST_CHECK_EQUAL(league.ids(find), "t1 t2");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(select_compares_with_a_key_of_other_objects, Backend, AllBackends) {
  League<Backend> league;
  const std::string cities = R"({"query":{"className":"City","where":{}},"key":"name"})";
  BOOST_CHECK_EQUAL(league.ids("Player", R"({"city":{"$select":)" + cities + "}}"), "p1");
  BOOST_CHECK_EQUAL(league.ids("Player", R"({"city":{"$dontSelect":)" + cities + "}}"), "p2 p3");
  BOOST_CHECK_EQUAL(league.ids("Player", R"({"map.in":{"$select":)" + cities + "}}"), "p2");
  BOOST_CHECK_EQUAL(league.ids("Player", R"({"cities":{"$select":)" + cities + "}}"), "p2");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(select_compares_values_of_all_kinds, Backend, AllBackends) {
  League<Backend> league;
  league.make_class(class_of("Word", {field("map", FieldKind::kObject), field("n", FieldKind::kNumber)}));
  league.create("Word", "w1", R"({"map":{"in":"Rome"},"n":3})");
  league.create("Word", "w2");
  const std::string words = R"({"query":{"className":"Word","where":{}},"key":"map.in"})";
  BOOST_CHECK_EQUAL(league.ids("Player", R"({"city":{"$select":)" + words + "}}"), "p1");
  BOOST_CHECK_EQUAL(league.ids("Player", R"({"city":{"$dontSelect":)" + words + "}}"), "p2 p3");
  BOOST_CHECK_EQUAL(league.ids("City", R"({"size":{"$select":{"query":{"className":"Word","where":{}},"key":"n"}}})"),
                    "c1");
  BOOST_CHECK_EQUAL(league.ids("City", R"({"name":{"$select":{"query":{"className":"Word","where":{}},"key":"n"}}})"),
                    "");
  BOOST_CHECK_EQUAL(
      league.ids("Player", R"({"city":{"$dontSelect":{"query":{"className":"Word","where":{}},"key":"gone"}}})"),
      "p1 p2 p3");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_sub_query_of_an_unknown_class_is_an_empty_set, Backend, AllBackends) {
  League<Backend> league;
  query::Subquery nowhere;
  nowhere.class_name = "Nowhere";
  query::Find find = league.find_of("Player");
  find.where.conditions = {query::FieldCondition{"home", query::InQuery{nowhere, false}}};
  BOOST_CHECK_EQUAL(league.ids(find), "");
  find.where.conditions = {query::FieldCondition{"home", query::InQuery{nowhere, true}}};
  BOOST_CHECK_EQUAL(league.ids(find), "p1 p2 p3");
}

BOOST_AUTO_TEST_SUITE_END()
