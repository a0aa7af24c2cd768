// Decodes and encodes 100 objects of 12 fields again and again, and prints microseconds of CPU for one round.
#include <cstdio>
#include <ctime>
#include <string>

#include "object/json.h"

namespace {

constexpr int kObjects = 100;
constexpr int kRounds = 2000;

/// A page of results as a client sees it.
std::string make_page() {
  std::string page = R"({"results":[)";
  for (int i = 0; i < kObjects; ++i) {
    const std::string n = std::to_string(i);
    if (i > 0) page += ',';
    page += R"({"objectId":"abcdefgh)" + std::to_string(10 + i % 90) +
            R"(","createdAt":"2024-03-11T23:51:48.050Z","updatedAt":"2024-03-12T23:51:48.050Z","score":)" + n +
            R"(,"ratio":)" + n + R"(.25,"name":"Player number )" + n + R"(","cheatMode":false,"tags":["red","green",)" +
            n + R"(],"owner":{"__type":"Pointer","className":"_User","objectId":"zyxwvutsrq"},)" +
            R"("seen":{"__type":"Date","iso":"2024-03-11T23:51:48.050Z"},"profile":{"level":3,"title":"Knight"},)" +
            R"("place":{"__type":"GeoPoint","latitude":40.5,"longitude":-30.25}})";
  }
  return page + "]}";
}

double cpu_microseconds() { return static_cast<double>(std::clock()) * 1e6 / CLOCKS_PER_SEC; }

}  // namespace

int main() {
  const std::string page = make_page();
  double decode = 0;
  double encode = 0;
  std::size_t bytes = 0;
  for (int round = 0; round < kRounds; ++round) {
    const double start = cpu_microseconds();
    const parse::object::Value value = parse::object::parse_json(page);
    const double decoded = cpu_microseconds();
    bytes += parse::object::to_json(value).size();
    decode += decoded - start;
    encode += cpu_microseconds() - decoded;
  }
  std::printf("%d objects of 12 fields, %zu bytes: decode %.1f us, encode %.1f us, together %.1f us (budget 200 us)\n",
              kObjects, page.size(), decode / kRounds, encode / kRounds, (decode + encode) / kRounds);
  return bytes == page.size() * kRounds ? 0 : 1;
}
