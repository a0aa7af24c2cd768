#include "transfer/checksum.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <functional>

#include "crypto/base64.h"
#include "crypto/digest.h"
#include "schema/names.h"

namespace parse::transfer {
namespace {

using object::Array;
using object::Member;
using object::Object;
using object::Value;

void add_to(Digest& sum, const Digest& digest) {
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += digest[i];
}

}  // namespace

Digest Digester::digest(const Object& row) {
  text_.clear();
  write_members(row, true);
  const std::string bytes = crypto::digest(crypto::Hash::kSha256, text_);
  Digest digest;
  static_assert(sizeof digest == 32);
  std::memcpy(digest.data(), bytes.data(), sizeof digest);
  return digest;
}

/// A row is compared without what the other side cannot have.
bool Digester::counts(const Member& member) const {
  if (member.value.is_null() || member.value.is<object::Relation>()) return false;
  if (member.key == "createdAt") return view_.has_created_at;
  if (member.key == "updatedAt") return view_.has_updated_at;
  return view_.has_internal || !schema::is_internal_field(member.key);
}

void Digester::write_members(const Object& map, bool is_row) {
  std::vector<const Member*> members;
  for (const Member& member : map) {
    if (!is_row || counts(member)) members.push_back(&member);
  }
  std::sort(members.begin(), members.end(), [](const Member* a, const Member* b) { return a->key < b->key; });
  writer_.begin_object();
  for (const Member* member : members) {
    writer_.key(member->key);
    const auto* date = is_row ? member->value.get_if<object::Date>() : nullptr;
    // Servers give these two as texts.
    if (date != nullptr && (member->key == "createdAt" || member->key == "updatedAt"))
      writer_.timestamp(*date);
    else
      write(member->value);
  }
  writer_.end_object();
}

void Digester::write(const Value& value) {
  if (const auto* map = value.get_if<Object>()) return write_members(*map, false);
  if (const auto* list = value.get_if<Array>()) {
    writer_.begin_array();
    for (const Value& item : *list) write(item);
    return writer_.end_array();
  }
  if (value.is_number()) return writer_.number(value.number() + 0.0);  // -0 is 0
  if (const auto* file = value.get_if<object::File>()) return writer_.file(file->name, "");
  if (const auto* bytes = value.get_if<object::Bytes>())
    return writer_.bytes(crypto::encode_base64(crypto::decode_base64(bytes->base64)));
  object::emit(value, writer_);
}

std::size_t Tally::part_of(const std::string& key) { return std::hash<std::string>()(key) % kParts; }

void Tally::add(const std::string& key, const Digest& digest) {
  add_to(sums_[part_of(key)], digest);
  ++rows_;
}

std::string Tally::text() const {
  Digest sum{};
  for (const Digest& part : sums_) add_to(sum, part);
  return fmt::format("{:016x}{:016x}{:016x}{:016x}", sum[0], sum[1], sum[2], sum[3]);
}

}  // namespace parse::transfer
