#include "logging/logger.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "base/iso_date.h"
#include "logging/log_file.h"
#include "logging/log_query.h"
#include "tests/support/temp_folder.h"

namespace logging = parse::logging;
using logging::Level;
using parse::test::read_text;
using parse::test::TempFolder;

namespace {

logging::Time at(const std::string& iso) {
  return logging::Time(std::chrono::milliseconds(*parse::parse_iso_date(iso)));
}

/// A log in a folder of its own, at a time the test decides.
struct Fixture {
  TempFolder folder;
  logging::Time time = at("2026-03-11T10:00:00.000Z");

  logging::LogSettings settings() {
    logging::LogSettings settings;
    settings.silent = true;
    settings.folder = folder.file("logs");
    settings.clock = [this] { return time; };
    return settings;
  }
  std::string log(const std::string& name) const { return read_text(folder.file("logs/" + name)); }
  bool exists(const std::string& name) const { return std::filesystem::exists(folder.file("logs/" + name)); }

  ~Fixture() {
    logging::LogSettings off;
    off.level = Level::kSilent;
    logging::configure(off);
  }
};

std::vector<std::string> messages(const logging::LogQuery& query) {
  std::vector<std::string> found;
  for (const auto& entry : logging::log_query(query)) found.push_back(entry.message);
  return found;
}

using Texts = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(logger, Fixture)

BOOST_AUTO_TEST_CASE(every_line_of_a_file_is_one_json_object) {
  logging::configure(settings());
  logging::info("saved {} objects", 3);
  BOOST_TEST(log("parse-server.info.2026-03-11") ==
             "{\"level\":\"info\",\"message\":\"saved 3 objects\",\"timestamp\":\"2026-03-11T10:00:00.000Z\"}\n");
}

BOOST_AUTO_TEST_CASE(errors_go_to_both_files_and_the_rest_to_one) {
  logging::configure(settings());
  logging::error("broken");
  logging::warn("odd");
  BOOST_TEST(log("parse-server.err.2026-03-11").find("broken") != std::string::npos);
  BOOST_TEST(log("parse-server.err.2026-03-11").find("odd") == std::string::npos);
  BOOST_TEST(log("parse-server.info.2026-03-11").find("broken") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(messages_beyond_the_level_are_not_written) {
  auto quiet = settings();
  quiet.level = Level::kWarn;
  logging::configure(quiet);
  logging::info("not important");
  BOOST_TEST(!logging::enabled(Level::kInfo));
  BOOST_TEST(log("parse-server.info.2026-03-11").empty());
}

BOOST_AUTO_TEST_CASE(verbose_comes_after_debug_as_in_the_reference_server) {
  auto all = settings();
  all.level = Level::kVerbose;
  logging::configure(all);
  BOOST_TEST(logging::enabled(Level::kDebug));
  BOOST_TEST(!logging::enabled(Level::kSilly));
  BOOST_TEST(logging::to_string(*logging::parse_level("silly")) == "silly");
  BOOST_TEST(!logging::parse_level("loud").has_value());
}

BOOST_AUTO_TEST_CASE(secrets_never_reach_a_file) {
  logging::configure(settings());
  logging::info("{}", R"(body {"username":"a","password":"tulip"})");
  BOOST_TEST(log("parse-server.info.2026-03-11").find("tulip") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(control_characters_and_broken_utf8_cannot_break_a_line) {
  logging::configure(settings());
  logging::info("{}", "two\nlines \x01 \xff \"quoted\" \\ ü");
  const auto entries = logging::log_query({});
  BOOST_REQUIRE(entries.size() == 1);
  BOOST_TEST(entries[0].message == "two\nlines \x01 \xEF\xBF\xBD \"quoted\" \\ ü");
}

BOOST_AUTO_TEST_CASE(endless_messages_are_cut) {
  logging::configure(settings());
  logging::info("{}", std::string(100000, 'x'));
  const auto found = messages({});
  BOOST_REQUIRE(found.size() == 1);
  BOOST_TEST(found[0].size() < 70000u);
  BOOST_TEST(found[0].ends_with("x... (truncated)"));
}

BOOST_AUTO_TEST_CASE(many_threads_write_whole_lines_while_the_log_is_configured_anew) {
  logging::configure(settings());
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread)
    threads.emplace_back([thread] {
      for (int i = 0; i < 100; ++i) logging::info("thread {} line {}", thread, i);
    });
  for (int i = 0; i < 20; ++i) logging::configure(settings());
  for (auto& thread : threads) thread.join();
  logging::LogQuery all;
  all.size = 1000;
  BOOST_TEST(messages(all).size() == 400u);
}

BOOST_AUTO_TEST_CASE(a_new_day_begins_a_new_file) {
  logging::configure(settings());
  logging::info("today");
  time = at("2026-03-12T00:00:01.000Z");
  logging::info("tomorrow");
  BOOST_TEST(log("parse-server.info.2026-03-11").find("tomorrow") == std::string::npos);
  BOOST_TEST(log("parse-server.info.2026-03-12").find("tomorrow") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_that_grew_too_long_is_continued_in_a_numbered_one) {
  auto small = settings();
  small.max_file_bytes = 200;
  logging::configure(small);
  for (int i = 0; i < 5; ++i) logging::info("a line of some length, number {}", i);
  BOOST_TEST(exists("parse-server.info.2026-03-11.1"));
  BOOST_TEST(log("parse-server.info.2026-03-11").size() <= 200u);
  BOOST_TEST(messages({}).size() == 5u);
}

BOOST_AUTO_TEST_CASE(a_restart_continues_the_last_file_of_the_day) {
  auto small = settings();
  small.max_file_bytes = 200;
  logging::configure(small);
  for (int i = 0; i < 3; ++i) logging::info("a line of some length, number {}", i);
  logging::configure(small);
  logging::info("after the restart");
  BOOST_TEST((messages({}) == Texts{"after the restart", "a line of some length, number 2",
                                    "a line of some length, number 1", "a line of some length, number 0"}));
}

BOOST_AUTO_TEST_CASE(only_as_many_files_are_kept_as_maxLogFiles_says) {
  auto few = settings();
  few.max_files = 2;
  logging::configure(few);
  for (const auto* day : {"2026-03-11", "2026-03-12", "2026-03-13"}) {
    time = at(std::string(day) + "T10:00:00.000Z");
    logging::info("on {}", day);
  }
  BOOST_TEST(!exists("parse-server.info.2026-03-11"));
  BOOST_TEST(exists("parse-server.info.2026-03-12"));
  BOOST_TEST(exists("parse-server.info.2026-03-13"));
}

BOOST_AUTO_TEST_CASE(files_older_than_maxLogFiles_days_are_removed_and_strangers_stay) {
  std::filesystem::create_directories(folder.file("logs"));
  folder.write("logs/parse-server.info.2026-03-01", "");
  folder.write("logs/parse-server.info.2026-03-10", "");
  folder.write("logs/parse-server.info.notes", "");
  auto week = settings();
  week.max_age = std::chrono::days(7);
  logging::configure(week);
  logging::info("hello");
  BOOST_TEST(!exists("parse-server.info.2026-03-01"));
  BOOST_TEST(exists("parse-server.info.2026-03-10"));
  BOOST_TEST(exists("parse-server.info.notes"));
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_written_loses_lines_and_nothing_else) {
  folder.write("logs", "a file in the place of the folder");
  logging::configure(settings());
  for (int i = 0; i < 1000; ++i) logging::info("line {}", i);
  std::filesystem::remove(folder.file("logs"));
  time += std::chrono::minutes(1);
  logging::info("back again");
  BOOST_TEST((messages({}) == Texts{"back again", "1000 log lines could not be written"}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(log_query, Fixture)

BOOST_AUTO_TEST_CASE(without_a_folder_there_are_no_entries) {
  auto none = settings();
  none.folder = "";
  logging::configure(none);
  BOOST_TEST(logging::log_query({}).empty());
}

BOOST_AUTO_TEST_CASE(the_newest_ten_come_first_unless_asked_otherwise) {
  logging::configure(settings());
  for (int i = 0; i < 12; ++i) logging::info("{}", i);
  BOOST_TEST((messages({}) == Texts{"11", "10", "9", "8", "7", "6", "5", "4", "3", "2"}));
  logging::LogQuery oldest;
  oldest.newest_first = false;
  oldest.size = 3;
  BOOST_TEST((messages(oldest) == Texts{"0", "1", "2"}));
}

BOOST_AUTO_TEST_CASE(level_error_reads_errors_only) {
  logging::configure(settings());
  logging::info("fine");
  logging::error("broken");
  logging::LogQuery errors;
  errors.level = Level::kError;
  BOOST_TEST((messages(errors) == Texts{"broken"}));
}

BOOST_AUTO_TEST_CASE(seven_days_are_searched_when_no_start_is_given) {
  logging::configure(settings());
  for (const auto* day : {"2026-03-01", "2026-03-05", "2026-03-11"}) {
    time = at(std::string(day) + "T10:00:00.000Z");
    logging::info("{}", day);
  }
  BOOST_TEST((messages({}) == Texts{"2026-03-11", "2026-03-05"}));
  logging::LogQuery past;
  past.from = at("2026-03-01T00:00:00.000Z");
  past.until = at("2026-03-05T23:00:00.000Z");
  BOOST_TEST((messages(past) == Texts{"2026-03-05", "2026-03-01"}));
}

BOOST_AUTO_TEST_CASE(torn_lines_are_skipped) {
  logging::configure(settings());
  logging::info("whole");
  std::ofstream(folder.file("logs/parse-server.info.2026-03-11"), std::ios::app) << "{\"level\":\"info\",\"mess";
  BOOST_TEST((messages({}) == Texts{"whole"}));
}

BOOST_AUTO_TEST_CASE(lines_across_block_borders_are_read_whole_in_both_directions) {
  logging::configure(settings());
  for (int i = 0; i < 50; ++i) logging::info("{}{}", i, std::string(5000, 'x'));
  logging::LogQuery all;
  all.size = 100;
  auto backward = messages(all);
  all.newest_first = false;
  const auto forward = messages(all);
  std::reverse(backward.begin(), backward.end());
  BOOST_TEST(forward.size() == 50u);
  BOOST_TEST((forward == backward));
}

BOOST_AUTO_TEST_SUITE_END()
