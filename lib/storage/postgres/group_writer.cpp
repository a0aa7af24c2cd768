#include "storage/postgres/group_writer.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace parse::storage::postgres {
namespace {

constexpr std::size_t kMostMembers = 64;
/// What is sent before anything is read must fit the buffers on the way, or both sides would wait for each other.
constexpr std::size_t kMostBytes = 65536;

std::size_t bytes_of(const WriteStatement& statement) {
  std::size_t bytes = 64;
  for (const sql::SqlValue& value : statement.values) {
    bytes += 24;
    if (const auto* text = std::get_if<std::string>(&value)) bytes += text->size();
    if (const auto* text = std::get_if<std::string_view>(&value)) bytes += text->size();
  }
  return bytes;
}

CachedStatement& prepared(Connection& connection, const WriteStatement& statement) {
  if (CachedStatement* cached = connection.find_cached(statement.key)) return *cached;
  CachedStatement& cached = connection.cache(statement.key, statement.text());
  cached.plan = statement.plan;
  cached.choice = PlanChoice(PlanMode::kAny);  // one object by its id, or a new one
  return cached;
}

}  // namespace

GroupWriter::Member::Member(const WriteStatement& write) : statement(write), bytes(bytes_of(write)) {}

WriteResult GroupWriter::run(const std::string& key, const WriteStatement& statement) {
  const BlockingSection blocking;
  Member self(statement);
  {
    std::unique_lock lock(mutex_);
    const auto [lane, is_first] = lanes_.try_emplace(key);
    self.leads = is_first;
    if (!is_first) {
      lane->second.waiting.push_back(&self);
      self.changed.wait(lock, [&] { return self.is_done || self.leads; });
    }
  }
  if (self.leads) lead(key, self);
  if (self.lost) throw Disconnected(*self.lost, true);
  if (self.result) return std::move(*self.result);
  return run_alone(statement);
}

/// The lane goes to the next group when this ends, whatever was thrown: nobody waits for ever.
class GroupWriter::HandOn {
 public:
  HandOn(GroupWriter& writer, const std::string& key, const std::vector<Member*>& group)
      : writer_(writer), key_(key), group_(group) {}
  ~HandOn() { writer_.hand_on(key_, group_); }
  HandOn(const HandOn&) = delete;
  HandOn& operator=(const HandOn&) = delete;

 private:
  GroupWriter& writer_;
  const std::string& key_;
  const std::vector<Member*>& group_;
};

/// Runs the group of those who wait, then hands the lane on.
void GroupWriter::lead(const std::string& key, Member& self) {
  std::vector<Member*> group{&self};
  const HandOn handing_on(*this, key, group);
  {
    const std::lock_guard lock(mutex_);
    std::ranges::copy(next_group(lanes_.at(key)), std::back_inserter(group));
  }
  if (group.size() > 1) {
    run_together(group);
  } else {
    self.result = run_alone(self.statement);
  }
}

void GroupWriter::hand_on(const std::string& key, const std::vector<Member*>& group) {
  const std::lock_guard lock(mutex_);
  for (Member* member : group) {
    member->is_done = true;
    member->changed.notify_one();  // under the lock, as the member goes when its writer wakes
  }
  const auto lane = lanes_.find(key);
  if (lane->second.waiting.empty()) {
    lanes_.erase(lane);
    return;
  }
  Member* next = lane->second.waiting.front();
  lane->second.waiting.erase(lane->second.waiting.begin());
  next->leads = true;
  next->changed.notify_one();
}

std::vector<GroupWriter::Member*> GroupWriter::next_group(Lane& lane) {
  std::size_t bytes = 0;
  auto end = lane.waiting.begin();
  while (end != lane.waiting.end() && end - lane.waiting.begin() < static_cast<std::ptrdiff_t>(kMostMembers) - 1) {
    bytes += (*end)->bytes;
    if (bytes > kMostBytes) break;
    ++end;
  }
  std::vector<Member*> group(lane.waiting.begin(), end);
  lane.waiting.erase(lane.waiting.begin(), end);
  return group;
}

/// Leaves the members of a group that failed without result and error: each then runs alone.
void GroupWriter::run_together(const std::vector<Member*>& group) {
  try {
    run_.write([&](Connection& connection) {
      std::vector<Connection::PipelineItem> items;
      for (const Member* member : group)
        items.push_back({&prepared(connection, member->statement), &member->statement.values});
      std::vector<Result> results = connection.run_pipeline(items);
      for (std::size_t i = 0; i < group.size(); ++i)
        group[i]->result = WriteResult{std::move(results[i]), items[i].statement->plan};
      return true;
    });
  } catch (const Disconnected& lost) {
    for (Member* member : group) member->lost = lost.cause();
  } catch (const Error&) {
    for (Member* member : group) member->result.reset();
  }
}

WriteResult GroupWriter::run_alone(const WriteStatement& statement) {
  return run_.write([&](Connection& connection) {
    CachedStatement& cached = prepared(connection, statement);
    const std::shared_ptr<const sql::ReadPlan> plan = cached.plan;
    return WriteResult{connection.query(cached, statement.values), plan};
  });
}

}  // namespace parse::storage::postgres
