// CPU time of decoding and encoding 100 objects of 12 fields, in microseconds: the median of many turns.
//   bench_json [turns]
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "object/json.h"

namespace {

constexpr int kObjects = 100;

std::string game_score(int number) {
  return fmt::format(
      R"({{"objectId":"k{:09}","createdAt":"2026-01-01T00:00:00.000Z","updatedAt":"2026-01-02T03:04:05.678Z",)"
      R"("score":{},"ratio":{}.25,"playerName":"Player {}","cheatMode":{},"tags":["a","b","t{}"],)"
      R"("loc":{{"__type":"GeoPoint","latitude":40.5,"longitude":-30.25}},)"
      R"("when":{{"__type":"Date","iso":"2026-03-11T23:51:48.050Z"}},)"
      R"("owner":{{"__type":"Pointer","className":"Player","objectId":"abcdefghij"}},)"
      R"("meta":{{"level":{},"name":"caf\u00e9"}}}})",
      number, number, number, number % 97, number % 3 == 0, number % 11, number);
}

std::string results() {
  std::string text = R"({"results":[)";
  for (int number = 0; number < kObjects; ++number) {
    if (number > 0) text += ',';
    text += game_score(number);
  }
  return text + "]}";
}

double cpu_microseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

template <typename Work>
double median(int turns, const Work& work) {
  std::vector<double> times;
  for (int turn = 0; turn < turns; ++turn) {
    const double started = cpu_microseconds();
    work();
    times.push_back(cpu_microseconds() - started);
  }
  std::ranges::nth_element(times, times.begin() + turns / 2);
  return times[static_cast<std::size_t>(turns) / 2];
}

}  // namespace

int main(int argc, char** argv) {
  const int turns = argc > 1 ? std::max(1, std::atoi(argv[1])) : 2000;
  const std::string text = results();
  const parse::object::Value value = parse::object::parse_json(text);
  std::size_t bytes = 0;
  const double decode =
      median(turns, [&] { bytes += parse::object::parse_json(text).as<parse::object::Object>().size(); });
  const double encode = median(turns, [&] { bytes += parse::object::to_json(value).size(); });
  std::printf("%zu bytes, %d objects of 12 fields: decode %.0f us, encode %.0f us, together %.0f us\n", text.size(),
              kObjects, decode, encode, decode + encode);
  return bytes == 0 ? 1 : 0;
}
