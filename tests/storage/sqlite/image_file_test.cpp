#include "storage/sqlite/image_file.h"

#include <boost/test/unit_test.hpp>
#include <vector>

using parse::storage::sqlite::ChunkAssembler;

namespace {

struct Collected {
  std::vector<std::pair<std::uint64_t, std::string>> chunks;
  ChunkAssembler assembler{{.image = 10, .chunk = 4}, [this](std::uint64_t number, std::string_view bytes) {
                             chunks.emplace_back(number, std::string(bytes));
                           }};
};

using Chunks = std::vector<std::pair<std::uint64_t, std::string>>;

}  // namespace

BOOST_AUTO_TEST_SUITE(sqlite_image_file)

BOOST_AUTO_TEST_CASE(a_chunk_goes_on_when_its_pages_are_there_and_the_first_one_last) {
  Collected collected;
  for (const auto& [offset, page] : Chunks{{0, "aa"}, {2, "bb"}, {6, "dd"}, {4, "cc"}, {8, "ee"}, {0, "AA"}})
    BOOST_CHECK(collected.assembler.write(offset, page));
  BOOST_CHECK(collected.chunks == Chunks({{1, "ccdd"}, {2, "ee"}}));
  collected.assembler.finish();
  BOOST_CHECK(collected.chunks.back() == std::pair(std::uint64_t{0}, std::string("AAbb")));
}

BOOST_AUTO_TEST_CASE(a_page_that_is_never_written_is_zeros) {
  Collected collected;
  collected.assembler.write(4, "cc");
  collected.assembler.finish();
  BOOST_CHECK(collected.chunks == Chunks({{1, std::string("cc\0\0", 4)}}));
}

BOOST_AUTO_TEST_CASE(what_has_gone_on_and_what_lies_outside_is_refused) {
  Collected collected;
  collected.assembler.write(8, "ee");
  BOOST_CHECK(!collected.assembler.write(8, "EE"));
  BOOST_CHECK(!collected.assembler.write(10, "ff"));
}

BOOST_AUTO_TEST_SUITE_END()
