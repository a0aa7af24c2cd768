#pragma once

#include <memory>
#include <string>
#include <vector>

#include "client/rest_client.h"
#include "schema/class_schema.h"
#include "schema/schema_diff.h"
#include "storage/adapter.h"

namespace parse::transfer {

/// When something of a class is made.
enum class Phase {
  /// The class, its fields, its permissions, and indexes that keep values unique.
  kBeforeData,
  /// What would only slow the data down or keep it out: the other indexes, and over REST the rules for new objects.
  kAfterData,
};

/// The classes of one end of a migration, which can become those of the other. One thread. Errors: those of
/// storage::Adapter or client::RestClient, as they are for the same change made by anybody else.
class SchemaEnd {
 public:
  virtual ~SchemaEnd() = default;

  /// As they are now, with all that this end tells of them.
  virtual schema::Schema read() = 0;
  /// Gives this end what it lacks of `wanted`, and takes nothing away.
  virtual void make(const std::vector<schema::ClassSchema>& wanted, Phase phase) = 0;
};

std::unique_ptr<SchemaEnd> schema_end(storage::Adapter& storage);
std::unique_ptr<SchemaEnd> schema_end(client::RestClient& server);

/// What `have` lacks of `wanted`; what only `have` has is no difference. Throws Error kInvalidSchemaOperation (255)
/// when a field or an index is there already and is another: it would have to be deleted first.
std::vector<schema::Change> missing_in(const schema::Schema& have, const std::vector<schema::ClassSchema>& wanted);

}  // namespace parse::transfer
