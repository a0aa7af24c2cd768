#include "transfer/export_file.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "transfer/row_writer.h"

namespace parse::transfer {
namespace {

using object::Array;
using object::Object;
using object::Value;

constexpr std::int64_t kPage = 1000;
/// A page that is longer makes the next ones shorter.
constexpr std::uint64_t kMostPageBytes = 8 * 1024 * 1024;
/// Owners whose members are asked for at once.
constexpr std::int64_t kOwners = 200;

const Object& as_object(const Value& row) { return row.as<Object>(); }

class FileExport {
 public:
  FileExport(const ExportParts& parts, const ExportOutput& output)
      : parts_(parts),
        output_(output),
        relation_(read_join_name(output.class_name)),
        file_(TextFile::create(output.path)),
        writer_(make_row_writer(output.format, file_, columns())) {}

  std::uint64_t run() {
    if (!relation_)
      for_each_page(objects(output_.class_name), [&](const Array& rows) { write(rows); });
    else if (output_.where.empty())
      write_members({});
    else
      write_members_of_owners();
    writer_->end();
    file_.commit();
    return count_;
  }

 private:
  std::vector<schema::Field> columns() const {
    if (!relation_) return columns_of(*parts_.source.schema().find(output_.class_name));
    std::vector<schema::Field> made(2);
    made[0].name = "owningId";
    made[1].name = "relatedId";
    return made;
  }

  PageRequest objects(const std::string& class_name) const {
    return {.class_name = class_name, .where = output_.where, .order = {"objectId"}, .limit = kPage};
  }
  template <typename Take>
  void for_each_page(PageRequest request, const Take& take) {
    const Object where = request.where;
    for (;;) {
      if (parts_.is_stopped) throw Interrupted();
      const Array rows = parts_.source.read(request);
      // A server may give fewer than asked for, so only an empty page is the last one.
      if (rows.empty()) return;
      const std::uint64_t before = file_.length();
      take(rows);
      if (file_.length() - before > kMostPageBytes) request.limit = std::max<std::int64_t>(1, request.limit / 2);
      request.where = both(where, after_object(as_object(rows.back()).at("objectId")));
    }
  }

  void write(const Array& rows) {
    for (const Value& row : rows) {
      writer_->write(as_object(row));
      if (parts_.on_object) parts_.on_object(as_object(row));
    }
    count_ += rows.size();
    parts_.on_progress(count_);
  }

  void write_members(const Object& where) {
    parts_.source.read_members(output_.class_name, where, [&](const Array& rows) {
      if (parts_.is_stopped) throw Interrupted();
      write(rows);
    });
  }

  void write_members_of_owners() {
    PageRequest owners = objects(relation_->owning_class);
    owners.keys = {"objectId"};
    owners.limit = kOwners;
    for_each_page(owners, [&](const Array& page) {
      Array ids;
      for (const Value& owner : page) ids.push_back(as_object(owner).at("objectId"));
      write_members(Object{{"owningId", Object{{"$in", std::move(ids)}}}});
    });
  }

  const ExportParts& parts_;
  const ExportOutput& output_;
  const std::optional<RelationName> relation_;
  TextFile file_;
  std::unique_ptr<RowWriter> writer_;
  std::uint64_t count_ = 0;
};

}  // namespace

std::uint64_t export_file(const ExportParts& parts, const ExportOutput& output) {
  return FileExport(parts, output).run();
}

std::vector<std::string> all_classes(const schema::Schema& schema) {
  std::vector<std::string> names;
  for (const auto& [name, class_schema] : schema.classes()) {
    if (name != "_Idempotency") names.push_back(name);
  }
  return names;
}

std::vector<RelationName> relations_of(const schema::ClassSchema& class_schema) {
  std::vector<RelationName> relations;
  for (const schema::Field& field : class_schema.fields) {
    if (field.type.kind == schema::FieldKind::kRelation) relations.push_back({class_schema.name, field.name});
  }
  return relations;
}

}  // namespace parse::transfer
