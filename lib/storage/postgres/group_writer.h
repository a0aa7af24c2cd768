#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "storage/postgres/runner.h"
#include "storage/sql/read_plan.h"
#include "storage/sql/sql_text.h"

namespace parse::storage::postgres {

/// One write as one prepared statement; see Connection::cache.
struct WriteStatement {
  std::string key;
  /// The whole text, asked for when the statement has to be prepared, and how to read what it returns.
  std::function<std::string()> text;
  std::shared_ptr<const sql::ReadPlan> plan;
  std::vector<sql::SqlValue> values;
};
struct WriteResult {
  Result result;
  std::shared_ptr<const sql::ReadPlan> plan;
};

/// Lets writes that would wait for each other go together: many clients that change one object, or make objects of one
/// class, at the same moment. Writes under one key run one group at a time; what comes meanwhile makes the next group,
/// which goes to the database in one piece, as one transaction with one commit. When one of a group fails, all of them
/// run again, each alone, so that nobody gets another's error. Acknowledged is what was committed. Any thread.
class GroupWriter {
 public:
  explicit GroupWriter(Runner& runner) : run_(runner) {}

  WriteResult run(const std::string& key, const WriteStatement& statement);

 private:
  struct Member {
    explicit Member(const WriteStatement& write);
    const WriteStatement& statement;
    std::size_t bytes = 0;
    std::optional<WriteResult> result;
    /// The connection went away: nobody knows whether it was carried out.
    std::optional<std::string> lost;
    bool is_done = false;
    bool leads = false;
    std::condition_variable changed;
  };
  struct Lane {
    std::vector<Member*> waiting;
  };

  class HandOn;
  void lead(const std::string& key, Member& self);
  void hand_on(const std::string& key, const std::vector<Member*>& group);
  void run_together(const std::vector<Member*>& group);
  std::vector<Member*> next_group(Lane& lane);
  WriteResult run_alone(const WriteStatement& statement);

  Runner& run_;
  std::mutex mutex_;                   // guards what follows; never held while the database works
  std::map<std::string, Lane> lanes_;  // those with a group that runs
};

}  // namespace parse::storage::postgres
