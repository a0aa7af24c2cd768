// Throughput of the SQLite storage without HTTP: creates, updates, reads and counts per second.
// Usage: bench_storage [database file] [seconds for each line] [threads]

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "object/json.h"
#include "storage/sqlite/sqlite_adapter.h"

namespace {

using namespace parse;
using object::Object;
using object::Value;
using schema::FieldKind;

struct Bench {
  std::unique_ptr<storage::Adapter> adapter;
  schema::Schema schema;
  double seconds;
  int threads;
  std::atomic<std::int64_t> made{0};
};

schema::Field field(std::string name, FieldKind kind, std::string target = {}) {
  return {std::move(name), {kind, std::move(target)}, false, std::nullopt};
}

schema::ClassSchema class_of(std::string name, std::vector<schema::Field> fields) {
  schema::ClassSchema made{std::move(name), {}, {}, std::nullopt};
  made.fields = {field("objectId", FieldKind::kString), field("createdAt", FieldKind::kDate),
                 field("updatedAt", FieldKind::kDate), field("ACL", FieldKind::kAcl)};
  made.fields.insert(made.fields.end(), fields.begin(), fields.end());
  return made;
}

std::string random_id() {
  static thread_local std::uint64_t state =
      std::hash<std::thread::id>()(std::this_thread::get_id()) ^ static_cast<std::uint64_t>(std::clock());
  std::string id;
  for (int i = 0; i < 10; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    id += "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"[(state >> 33) % 62];
  }
  return id;
}

std::string create(Bench& bench, const std::string& class_name, int n, bool has_acl = false) {
  const auto now =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
  const std::string id = random_id();
  Object object{{"objectId", id},
                {"createdAt", object::Date{now.count()}},
                {"updatedAt", object::Date{now.count()}},
                {"score", n},
                {"playerName", "P" + std::to_string(n % 97)},
                {"cheatMode", n % 3 == 0},
                {"tags", object::Array{"a", "b", "t" + std::to_string(n % 11)}},
                {"loc", object::GeoPoint{40 + (n % 50) / 100.0, -30}},
                {"when", object::Date{1767225600000}},
                {"meta", Object{{"k", n}, {"s", "x"}}}};
  if (has_acl) object.set("ACL", Object{{"u1", Object{{"read", true}, {"write", true}}}});
  bench.adapter->create(bench.schema, class_name, object);
  return id;
}

template <typename Body>
void measure(Bench& bench, const std::string& name, int threads, Body body) {
  std::atomic<std::int64_t> total{0};
  const std::clock_t cpu = std::clock();
  const auto begin = std::chrono::steady_clock::now();
  const auto end = begin + std::chrono::duration<double>(bench.seconds);
  std::vector<std::thread> running;
  for (int i = 0; i < threads; ++i) {
    running.emplace_back([&] {
      std::int64_t done = 0;
      while (std::chrono::steady_clock::now() < end) {
        body();
        ++done;
      }
      total += done;
    });
  }
  for (std::thread& thread : running) thread.join();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  const double cpu_us = 1e6 * static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
  const double count = static_cast<double>(total);
  fmt::print("{:<10} {:>3} threads {:>10.0f} /s {:>10.2f} us of CPU each\n", name, threads, count / took.count(),
             cpu_us / count);
}

query::Where where_is(std::string path, query::Constraint constraint) {
  query::Where where;
  where.conditions.push_back(query::FieldCondition{std::move(path), std::move(constraint)});
  return where;
}

std::size_t find(Bench& bench, const query::Find& find) {
  std::string out;
  out.reserve(64 * 1024);
  object::JsonWriter writer(out);
  return bench.adapter->find(bench.schema, find, writer);
}

void measure_reads(Bench& bench, const std::string& id) {
  query::Find get;
  get.class_name = "Score";
  get.where = where_is("objectId", query::Equal{id});
  measure(bench, "get", 2, [&] { find(bench, get); });

  query::Find page;
  page.class_name = "Score";
  page.limit = 100;
  measure(bench, "find100", 2, [&] { find(bench, page); });

  query::Find newest;
  newest.class_name = "Score";
  newest.limit = 20;
  newest.order = {{"createdAt", true}};
  newest.where = where_is("score", query::Compare{query::Comparison::kGreaterOrEqual, 100});
  newest.where.conditions.push_back(query::FieldCondition{"playerName", query::In{{"P1", "P2", "P3"}}});
  measure(bench, "findwhere", 2, [&] { find(bench, newest); });

  query::Find own;
  own.class_name = "Private";
  own.limit = 20;
  own.where.conditions.push_back(query::AclAllows{query::AclRight::kRead, {"*", "u1"}});
  measure(bench, "findacl", 2, [&] { find(bench, own); });

  const query::Where low = where_is("score", query::Compare{query::Comparison::kLess, 500});
  measure(bench, "count", 2, [&] { bench.adapter->count(bench.schema, "Score", low); });
}

void measure_writes(Bench& bench, const std::string& id) {
  measure(bench, "create", bench.threads, [&] { create(bench, "Score", 7); });
  storage::UpdateRequest add{"Score", where_is("objectId", query::Equal{id}), {}, {1767225600000}};
  add.changes.push_back({"score", object::Increment{1}});
  measure(bench, "update", bench.threads, [&] { bench.adapter->update(bench.schema, add); });
}

void prepare(Bench& bench, const std::string& path) {
  storage::sqlite::SqliteSettings settings;
  settings.path = path;
  bench.adapter = storage::sqlite::open_sqlite(settings);
  for (const char* name : {"Score", "Private"}) {
    bench.schema.set(class_of(name, {field("score", FieldKind::kNumber), field("playerName", FieldKind::kString),
                                     field("cheatMode", FieldKind::kBoolean), field("tags", FieldKind::kArray),
                                     field("loc", FieldKind::kGeoPoint), field("when", FieldKind::kDate),
                                     field("meta", FieldKind::kObject)}));
    bench.adapter->create_class(*bench.schema.find(name));
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string path = argc > 1 ? argv[1] : "storage_bench.db";
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix);
  Bench bench{nullptr, {}, argc > 2 ? std::atof(argv[2]) : 3, argc > 3 ? std::atoi(argv[3]) : 32};
  prepare(bench, path);
  std::string id;
  for (int n = 0; n < 2000; ++n) id = create(bench, "Score", n);
  for (int n = 0; n < 200; ++n) create(bench, "Private", n, true);
  fmt::print("-- 2,000 objects\n");
  measure_reads(bench, id);
  measure_writes(bench, id);
  fmt::print("-- {} objects\n", bench.adapter->count(bench.schema, "Score", {}));
  measure_reads(bench, id);
}
