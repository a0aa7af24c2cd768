#include "transfer/import_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "client/transport.h"
#include "schema/default_classes.h"
#include "schema/names.h"
#include "transfer/prepare.h"

namespace parse::transfer {
namespace {

using object::Object;
using object::Value;

/// Rows whose text is longer than this together are stored, however few they are.
constexpr std::size_t kMostGroupBytes = 4 * 1024 * 1024;

/// Rows that become durable together when the target stores provisionally: few at first, so that a short import is soon
/// safe, and more and more, since many rows change the same pages of an index.
constexpr std::uint64_t kFewestKeptRows = 4000;
constexpr std::uint64_t kMostKeptRows = 64000;
constexpr std::size_t kMostKeptBytes = 32 * 1024 * 1024;

/// True for what is wrong with the row, and not with the import as a whole.
bool is_about_row(const Error& error) {
  if (dynamic_cast<const client::Unreachable*>(&error) != nullptr) return false;
  return error.code() != ErrorCode::kInternal && error.code() != ErrorCode::kTimeout &&
         error.code() != ErrorCode::kOperationForbidden;
}

/// The run over one file.
class FileImport {
 public:
  FileImport(const ImportParts& parts, const ImportSettings& settings, const ImportInput& input)
      : parts_(parts), settings_(settings), input_(input), relation_(read_join_name(input.class_name)) {}

  void run() {
    progress_ = &parts_.state.of_file(input_.path, fingerprint_of(input_.path));
    if (progress_->is_finished) return;
    check_class();
    ByteReader bytes(input_.path);
    const auto reader = make_row_reader(input_.format, bytes, progress_->done, known_class());
    for (Row row;;) {
      if (parts_.is_stopped) {
        store(bytes.position());
        keep();
        throw Interrupted();
      }
      const Position begin = bytes.position();
      if (!reader->next(row)) break;
      if (is_full()) store(begin);
      add(std::move(row), begin);
    }
    store(bytes.position());
    keep();
    progress_->is_finished = true;
    parts_.state.save();
  }

 private:
  void check_class() {
    if (relation_) {
      const schema::ClassSchema* owner = parts_.target.schema().find(relation_->owning_class);
      const schema::Field* field = owner ? owner->find_field(relation_->key) : nullptr;
      if (field == nullptr || field->type.kind != schema::FieldKind::kRelation)
        throw Error(ErrorCode::kInvalidKeyName, fmt::format("{}: there is no relation {} in the class {}", input_.path,
                                                            relation_->key, relation_->owning_class));
    } else if (!schema::is_valid_class_name(input_.class_name) && !schema::is_volatile_class(input_.class_name)) {
      throw Error(ErrorCode::kInvalidClassName,
                  fmt::format("{}: {}", input_.path, schema::invalid_class_name_message(input_.class_name)));
    }
  }

  const schema::ClassSchema* known_class() const { return parts_.target.schema().find(input_.class_name); }

  bool is_full() const { return fresh_.read >= parts_.target.group_size() || group_bytes_ >= kMostGroupBytes; }

  void add(Row row, const Position& begin) {
    const bool is_repeated = row.problem.empty() && !relation_ && ids_.contains(given_id(row));
    if (is_repeated) store(begin);
    ++fresh_.read;
    group_bytes_ += row.text.size();
    if (!row.problem.empty()) return reject(row, row.problem);
    try {
      if (relation_)
        take_member(row);
      else
        take_object(row);
    } catch (const Error& error) {
      if (!is_about_row(error)) throw;
      return reject(row, error.message());
    }
    begins_.push_back(begin.offset);
    row.object.clear();
    rows_.push_back(std::move(row));
  }

  static std::string given_id(const Row& row) {
    const Value* id = row.object.find("objectId");
    const std::string* text = id ? id->get_if<std::string>() : nullptr;
    return text ? *text : std::string();
  }

  void take_object(Row& row) {
    const schema::ClassSchema* known = known_class();
    const schema::ClassSchema made = known ? schema::ClassSchema{} : schema::default_class(input_.class_name);
    const bool has_id = row.object.contains("objectId");
    if (parts_.change) parts_.change(row.object);
    const auto missing =
        prepare(known ? *known : made, row.object,
                {.spare_id = has_id ? std::string() : id_of_row(input_.class_name, row), .now = settings_.now});
    if (known == nullptr || !missing.empty()) {
      keep();
      parts_.target.add_fields(input_.class_name, missing);
    }
    ids_.insert(id_of(row.object));
    objects_.push_back(std::move(row.object));
  }

  void take_member(const Row& row) {
    const auto text = [&](std::string_view key) {
      const Value* value = row.object.find(key);
      const std::string* id = value ? value->get_if<std::string>() : nullptr;
      if (id == nullptr || id->empty())
        throw Error(ErrorCode::kMissingObjectId, fmt::format("{} must be a text that is not empty", key));
      return *id;
    };
    members_.push_back({text("owningId"), text("relatedId")});
  }

  void reject(const Row& row, const std::string& reason) {
    ++fresh_.rejected;
    parts_.rejects.add(input_.path, row, reason);
  }

  /// Stores what was gathered, which ends before `end`.
  void store(const Position& end) {
    if (fresh_.read == 0) return;
    const std::uint64_t pending_end = progress_->pending_end;
    if (!parts_.target.stores_provisionally()) announce(end);
    if (relation_)
      settle_members(parts_.target.add_members(*relation_, members_));
    else
      store_objects(pending_end);
    parts_.rejects.flush();
    stored_.end = end;
    stored_.rejects_length = parts_.rejects.length();
    stored_.bytes += group_bytes_;
    stored_.counts += std::exchange(fresh_, {});
    clear();
    Counts all = progress_->counts;
    parts_.on_progress(all += stored_.counts);
    const bool is_much = stored_.counts.read >= kept_rows_ || stored_.bytes >= kMostKeptBytes;
    if (is_much || !parts_.target.stores_provisionally()) keep();
  }

  /// Remembers that what lies before `end` may be in the target from now on.
  void announce(const Position& end) {
    if (progress_->pending_end >= end.offset) return;
    progress_->pending_end = end.offset;
    parts_.state.save();
  }

  /// What was stored becomes durable: it is done.
  void keep() {
    if (stored_.counts.read == 0) return;
    announce(stored_.end);
    parts_.target.keep();
    parts_.state.rejects_length = stored_.rejects_length;
    progress_->done = stored_.end;
    progress_->counts += stored_.counts;
    stored_ = {};
    kept_rows_ = std::min(2 * kept_rows_, kMostKeptRows);
    parts_.state.save();
  }

  void clear() {
    group_bytes_ = 0;
    rows_.clear();
    begins_.clear();
    objects_.clear();
    members_.clear();
    ids_.clear();
  }

  void store_objects(std::uint64_t pending_end) {
    if (objects_.empty()) return;
    const auto pending = std::lower_bound(begins_.begin(), begins_.end(), pending_end);
    const std::vector<Result> results = store_group(
        parts_.target, input_.class_name, std::move(objects_),
        {.on_conflict = settings_.on_conflict, .maybe_stored = static_cast<std::size_t>(pending - begins_.begin())});
    stop_at_conflict(results);
    for (std::size_t i = 0; i < results.size(); ++i) settle(i, results[i]);
  }

  void stop_at_conflict(const std::vector<Result>& results) {
    for (std::size_t i = 0; i < results.size(); ++i) {
      if (results[i].deed != Deed::kConflict) continue;
      keep();
      progress_->pending_end = progress_->done.offset;
      parts_.state.save();
      throw Conflict(fmt::format("{}, line {}: {} '{}' exists already", input_.path, rows_[i].line, input_.class_name,
                                 results[i].reason));
    }
  }

  void settle(std::size_t place, const Result& result) {
    switch (result.deed) {
      case Deed::kStored:
        ++fresh_.stored;
        return;
      case Deed::kReplaced:
        ++fresh_.replaced;
        return;
      case Deed::kSkipped:
        ++fresh_.skipped;
        return;
      case Deed::kRefused:
      case Deed::kConflict:
        reject(rows_[place], result.reason);
        return;
    }
  }

  void settle_members(const std::vector<Outcome>& outcomes) {
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      if (outcomes[i].fate == Fate::kStored)
        ++fresh_.stored;
      else
        reject(rows_[i], outcomes[i].reason);
    }
  }

  const ImportParts& parts_;
  const ImportSettings& settings_;
  const ImportInput& input_;
  const std::optional<RelationName> relation_;
  Progress* progress_ = nullptr;

  // The group that is being gathered; `objects_` or `members_` are as many as `rows_`.
  std::vector<Row> rows_;
  std::vector<std::uint64_t> begins_;
  std::vector<Object> objects_;
  std::vector<Membership> members_;
  std::set<std::string> ids_;
  std::size_t group_bytes_ = 0;
  Counts fresh_;

  /// What the target has of the groups since the last keep().
  struct Stored {
    Position end;
    std::uint64_t rejects_length = 0;
    std::size_t bytes = 0;
    Counts counts;
  };
  Stored stored_;
  std::uint64_t kept_rows_ = kFewestKeptRows;
};

}  // namespace

void import_file(const ImportParts& parts, const ImportSettings& settings, const ImportInput& input) {
  FileImport(parts, settings, input).run();
}

std::string fingerprint_of(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) return "";
  const auto time = std::filesystem::last_write_time(path, error).time_since_epoch().count();
  return fmt::format("{} bytes, {}", size, time);
}

}  // namespace parse::transfer
