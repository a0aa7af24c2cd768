#include "cloud/frame.h"

#include <boost/test/unit_test.hpp>

#include "base/error.h"

using namespace parse;
using namespace parse::cloud;

BOOST_AUTO_TEST_SUITE(frame)

BOOST_AUTO_TEST_CASE(a_frame_comes_back_as_it_was_sent) {
  FrameReader reader;
  reader.feed(encode(FrameKind::kCall, 0x01020304, "payload\nwith lines"));
  const auto frame = reader.next();
  BOOST_REQUIRE(frame);
  BOOST_CHECK(frame->kind == FrameKind::kCall);
  BOOST_CHECK_EQUAL(frame->number, 0x01020304U);
  BOOST_CHECK_EQUAL(frame->payload, "payload\nwith lines");
  BOOST_CHECK(!reader.next());
}

BOOST_AUTO_TEST_CASE(frames_may_arrive_byte_by_byte) {
  const std::string bytes = encode(FrameKind::kPing, 1, "") + encode(FrameKind::kResult, 0xffffffff, "\n{}");
  FrameReader reader;
  std::vector<Frame> frames;
  for (const char byte : bytes) {
    reader.feed({&byte, 1});
    while (auto frame = reader.next()) frames.push_back(std::move(*frame));
  }
  BOOST_REQUIRE_EQUAL(frames.size(), 2U);
  BOOST_CHECK(frames[0].payload.empty());
  BOOST_CHECK_EQUAL(frames[1].number, 0xffffffffU);
  BOOST_CHECK_EQUAL(frames[1].payload, "\n{}");
}

BOOST_AUTO_TEST_CASE(many_frames_may_arrive_at_once_and_end_within_one) {
  std::string bytes;
  for (std::uint32_t i = 0; i < 1000; ++i) bytes += encode(FrameKind::kCall, i, std::string(i, 'x'));
  FrameReader reader;
  std::uint32_t seen = 0;
  for (std::size_t at = 0; at < bytes.size(); at += 777) {
    reader.feed(std::string_view(bytes).substr(at, 777));
    while (const auto frame = reader.next()) {
      BOOST_REQUIRE_EQUAL(frame->number, seen);
      BOOST_REQUIRE_EQUAL(frame->payload.size(), seen);
      ++seen;
    }
  }
  BOOST_CHECK_EQUAL(seen, 1000U);
}

BOOST_AUTO_TEST_CASE(a_length_that_cannot_be_one_is_refused) {
  for (const std::string& head : {std::string("\xff\xff\xff\xff", 4), std::string("\x04\0\0\0", 4)}) {
    FrameReader reader;
    reader.feed(head);
    BOOST_CHECK_THROW(reader.next(), Error);
  }
}

BOOST_AUTO_TEST_CASE(the_head_ends_with_the_first_line) {
  BOOST_CHECK_EQUAL(split_head("a\nb\nc").head, "a");
  BOOST_CHECK_EQUAL(split_head("a\nb\nc").body, "b\nc");
  BOOST_CHECK_EQUAL(split_head("\nb").head, "");
  BOOST_CHECK_EQUAL(split_head("alone").head, "alone");
  BOOST_CHECK_EQUAL(split_head("alone").body, "");
}

BOOST_AUTO_TEST_SUITE_END()
