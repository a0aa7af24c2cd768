#include "transfer/class_copy.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "client/transport.h"
#include "schema/default_classes.h"
#include "schema/names.h"
#include "transfer/pages.h"
#include "transfer/prepare.h"
#include "transfer/stop.h"

namespace parse::transfer {
namespace {

using object::Array;
using object::Object;
using object::Value;

/// True for what is wrong with a row, and not with the copy as a whole.
bool is_about_row(const Error& error) {
  return dynamic_cast<const client::Unreachable*>(&error) == nullptr && error.code() != ErrorCode::kInternal &&
         error.code() != ErrorCode::kTimeout;
}

/// The run over one class.
class ClassCopy {
 public:
  ClassCopy(const CopyParts& parts, const CopySettings& settings, const std::string& class_name)
      : parts_(parts), settings_(settings), class_name_(class_name), relation_(read_join_name(class_name)) {}

  void run() {
    progress_ = &parts_.state.of_file(class_name_, "");
    if (progress_->is_finished) return;
    const auto limit = static_cast<std::int64_t>(std::max<std::size_t>(parts_.target.group_size(), 1000));
    const PagesRequest request{.class_name = class_name_, .after = progress_->after, .limit = limit};
    for_each_page(parts_.source, request, parts_.is_stopped, [&](Array&& rows) { store_page(rows); });
    progress_->is_finished = true;
    parts_.state.save();
  }

 private:
  void store_page(Array& rows) {
    const std::size_t size = parts_.target.group_size();
    for (std::size_t begin = 0; begin < rows.size(); begin += size) {
      if (parts_.is_stopped) throw Interrupted();
      std::vector<Object> group;
      for (std::size_t i = begin; i < std::min(begin + size, rows.size()); ++i)
        group.push_back(std::move(*rows[i].get_if<Object>()));
      store(std::move(group));
    }
  }

  void store(std::vector<Object> rows) {
    const std::uint64_t end = progress_->done.offset + rows.size();
    const std::uint64_t pending_end = progress_->pending_end;
    std::string last = key_of(class_name_, rows.back());
    progress_->pending_end = std::max(end, pending_end);
    parts_.state.save();
    fresh_.read = rows.size();
    if (relation_)
      store_members(rows);
    else
      store_objects(std::move(rows), pending_end);
    parts_.rejects.flush();
    parts_.state.rejects_length = parts_.rejects.length();
    progress_->done.offset = end;
    progress_->after = std::move(last);
    progress_->counts += std::exchange(fresh_, {});
    parts_.on_progress(progress_->counts);
    if (parts_.is_stopped) parts_.state.save();
  }

  void store_members(const std::vector<Object>& rows) {
    std::vector<Membership> members;
    for (const Object& row : rows)
      members.push_back({row.at("owningId").as<std::string>(), row.at("relatedId").as<std::string>()});
    const std::vector<Outcome> outcomes = parts_.target.add_members(*relation_, members);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      if (outcomes[i].fate == Fate::kStored)
        ++fresh_.stored;
      else
        reject(shown_key(key_of(class_name_, rows[i])), outcomes[i].reason);
    }
  }

  void store_objects(std::vector<Object> rows, std::uint64_t pending_end) {
    std::vector<std::string> ids;
    std::vector<Object> objects;
    std::size_t maybe_stored = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      std::string id = id_of(rows[i]);
      if (!settings_.is_exact && !settle(rows[i], id)) continue;
      if (settings_.is_exact) drop_relations(rows[i]);
      if (progress_->done.offset + i < pending_end) ++maybe_stored;
      ids.push_back(std::move(id));
      objects.push_back(std::move(rows[i]));
    }
    if (objects.empty()) return;
    const std::vector<Result> results =
        store_group(parts_.target, class_name_, std::move(objects),
                    {.on_conflict = settings_.on_conflict, .maybe_stored = maybe_stored});
    stop_at_conflict(results);
    for (std::size_t i = 0; i < results.size(); ++i) count(ids[i], results[i]);
  }

  static void drop_relations(Object& row) {
    std::vector<std::string> keys;
    for (const object::Member& member : row) {
      if (member.value.is<object::Relation>()) keys.push_back(member.key);
    }
    for (const std::string& key : keys) row.erase(key);
  }

  /// False when the row cannot be stored.
  bool settle(Object& row, const std::string& id) {
    std::vector<std::string> internal;
    for (const object::Member& member : row) {
      const bool goes_along = settings_.keeps_hashes && member.key == "_hashed_password";
      if (schema::is_internal_field(member.key) && !goes_along) internal.push_back(member.key);
    }
    for (const std::string& key : internal) row.erase(key);
    try {
      // Servers do not tell of their volatile classes.
      const schema::ClassSchema* known = parts_.target.schema().find(class_name_);
      const schema::ClassSchema made = known ? schema::ClassSchema{} : schema::default_class(class_name_);
      const auto missing = prepare(known ? *known : made, row, {.spare_id = id, .now = settings_.now});
      if (known == nullptr || !missing.empty()) parts_.target.add_fields(class_name_, missing);
    } catch (const Error& error) {
      if (!is_about_row(error)) throw;
      reject(id, error.message());
      return false;
    }
    return true;
  }

  void stop_at_conflict(const std::vector<Result>& results) {
    for (const Result& result : results) {
      if (result.deed != Deed::kConflict) continue;
      progress_->pending_end = progress_->done.offset;
      parts_.state.save();
      throw Error(ErrorCode::kDuplicateValue, fmt::format("{} '{}' exists already", class_name_, result.reason));
    }
  }

  void count(const std::string& id, const Result& result) {
    if (result.deed == Deed::kStored)
      ++fresh_.stored;
    else if (result.deed == Deed::kReplaced)
      ++fresh_.replaced;
    else if (result.deed == Deed::kSkipped)
      ++fresh_.skipped;
    else
      reject(id, result.reason);
  }

  void reject(const std::string& id, const std::string& reason) {
    ++fresh_.rejected;
    parts_.rejects.add(class_name_, id, reason);
  }

  const CopyParts& parts_;
  const CopySettings& settings_;
  const std::string& class_name_;
  const std::optional<RelationName> relation_;
  Progress* progress_ = nullptr;
  /// Of the group that is being stored.
  Counts fresh_;
};

}  // namespace

void copy_class(const CopyParts& parts, const CopySettings& settings, const std::string& class_name) {
  ClassCopy(parts, settings, class_name).run();
}

}  // namespace parse::transfer
