#include "backup/snapshot.h"

#include <boost/test/unit_test.hpp>

#include "base/error.h"

using namespace parse;

namespace {

backup::Snapshot example() {
  backup::Snapshot snapshot;
  snapshot.id = backup::new_snapshot_id(*parse_iso_date("2026-01-31T12:00:00.500Z"));
  snapshot.time = 1769860800500;
  snapshot.source = "/srv/\"parse\".db";
  snapshot.size = 5'000'000'000;
  snapshot.chunk_bytes = 131072;
  snapshot.chunks = {std::string(32, '\n'), std::string(32, '\xff')};
  return snapshot;
}

bool is_damaged(const Error& error) {
  return error.code() == ErrorCode::kInvalidValue && error.message() == "/f is damaged";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(snapshot)

BOOST_AUTO_TEST_CASE(an_id_begins_with_the_time) {
  BOOST_CHECK(example().id.starts_with("20260131T120000Z-"));
  BOOST_CHECK_NE(example().id, example().id);
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_again) {
  const backup::Snapshot written = example();
  const backup::Snapshot read = backup::decode_snapshot(backup::encode(written), "/f");
  BOOST_CHECK_EQUAL(read.id, written.id);
  BOOST_CHECK_EQUAL(read.time, written.time);
  BOOST_CHECK_EQUAL(read.source, written.source);
  BOOST_CHECK_EQUAL(read.size, written.size);
  BOOST_CHECK(read.chunks == written.chunks);
}

BOOST_AUTO_TEST_CASE(a_dump_keeps_its_hash) {
  backup::Snapshot written = example();
  written.kind = backup::Kind::kPostgres;
  written.chunks.clear();
  written.dump_hash = std::string(32, 'h');
  const backup::Snapshot read = backup::decode_snapshot(backup::encode(written), "/f");
  BOOST_CHECK(read.kind == backup::Kind::kPostgres);
  BOOST_CHECK(read.chunks.empty());
  BOOST_CHECK_EQUAL(read.dump_hash, written.dump_hash);
}

BOOST_AUTO_TEST_CASE(every_changed_or_missing_byte_is_noticed) {
  const std::string bytes = backup::encode(example());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    changed[i] ^= 1;
    BOOST_CHECK_EXCEPTION(backup::decode_snapshot(changed, "/f"), Error, is_damaged);
    BOOST_CHECK_EXCEPTION(backup::decode_snapshot(bytes.substr(0, i), "/f"), Error, is_damaged);
  }
}

BOOST_AUTO_TEST_SUITE_END()
