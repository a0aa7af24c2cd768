#include "transfer/compare.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "schema/names.h"
#include "transfer/format.h"
#include "transfer/pages.h"

namespace parse::transfer {
namespace {

using object::Array;
using object::Object;
using object::Value;

constexpr std::size_t kShown = 5;
/// In so many parts of the keys differing rows are looked for.
constexpr std::size_t kSearchedParts = 16;

using Digests = std::map<std::string, Digest>;

class ClassComparer {
 public:
  ClassComparer(const CompareParts& parts, const View& view, const std::string& class_name)
      : parts_(parts), class_name_(class_name), digester_(view) {}

  ClassComparison run() {
    ClassComparison result;
    result.class_name = class_name_;
    const Tally from = tally(parts_.from);
    const Tally to = tally(parts_.to);
    result.from_rows = from.rows();
    result.to_rows = to.rows();
    result.from_checksum = from.text();
    result.to_checksum = to.text();
    if (!result.is_same()) result.differences = find_differences(from, to);
    return result;
  }

 private:
  template <typename Take>
  void for_each_row(Source& side, const Take& take) {
    if (!may_have(side, class_name_)) return;
    for_each_page(side, {.class_name = class_name_}, parts_.is_stopped, [&](Array&& rows) {
      for (Value& row : rows) {
        Object& map = *row.get_if<Object>();
        // The row itself has an id in some databases, and in others none.
        if (read_join_name(class_name_))
          map = Object{{"owningId", map.at("owningId")}, {"relatedId", map.at("relatedId")}};
        take(key_of(class_name_, map), map);
      }
      rows_ += rows.size();
      parts_.on_progress(rows_);
    });
  }

  Tally tally(Source& side) {
    Tally tally;
    for_each_row(side, [&](const std::string& key, const Object& row) { tally.add(key, digester_.digest(row)); });
    return tally;
  }

  std::vector<Difference> find_differences(const Tally& from, const Tally& to) {
    std::set<std::size_t> searched;
    for (std::size_t part = 0; part < Tally::kParts && searched.size() < kSearchedParts; ++part) {
      if (from.sum_of(part) != to.sum_of(part)) searched.insert(part);
    }
    const Digests there = collect(parts_.to, searched);
    const Digests here = collect(parts_.from, searched);
    std::vector<Difference> found;
    for (const auto& [key, digest] : here) {
      const auto other = there.find(key);
      if (other == there.end())
        found.push_back({DifferenceKind::kMissing, shown_key(key)});
      else if (other->second != digest)
        found.push_back({DifferenceKind::kChanged, shown_key(key)});
    }
    for (const auto& [key, digest] : there) {
      if (!here.contains(key)) found.push_back({DifferenceKind::kExtra, shown_key(key)});
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
    if (found.size() > kShown) found.resize(kShown);
    return found;
  }

  Digests collect(Source& side, const std::set<std::size_t>& searched) {
    Digests digests;
    for_each_row(side, [&](const std::string& key, const Object& row) {
      if (searched.contains(Tally::part_of(key))) digests.emplace(key, digester_.digest(row));
    });
    return digests;
  }

  const CompareParts& parts_;
  const std::string& class_name_;
  Digester digester_;
  std::uint64_t rows_ = 0;
};

}  // namespace

bool may_have(const Source& side, const std::string& class_name) {
  const auto relation = read_join_name(class_name);
  if (!relation) return side.schema().find(class_name) != nullptr || schema::is_volatile_class(class_name);
  const schema::ClassSchema* owner = side.schema().find(relation->owning_class);
  const schema::Field* field = owner ? owner->find_field(relation->key) : nullptr;
  return field != nullptr && field->type.kind == schema::FieldKind::kRelation;
}

ClassComparison compare_class(const CompareParts& parts, const View& view, const std::string& class_name) {
  return ClassComparer(parts, view, class_name).run();
}

}  // namespace parse::transfer
