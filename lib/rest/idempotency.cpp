#include "rest/idempotency.h"

#include "base/error.h"
#include "crypto/random.h"
#include "rest/schema_service.h"

namespace parse::rest {
namespace {

using object::Date;
using object::Object;

constexpr const char* kClass = "_Idempotency";

query::Where expired_before(Milliseconds now) {
  query::Where where;
  where.conditions.push_back(query::FieldCondition{"expire", query::Compare{query::Comparison::kLess, Date{now}}});
  return where;
}

bool try_remember(const Context& context, const schema::Schema& schema, const Object& note) {
  try {
    context.storage.create(schema, kClass, note);
    return true;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kDuplicateValue) throw;
    return false;
  }
}

}  // namespace

void remember_request(const Context& context, const std::string& request_id, std::chrono::seconds ttl) {
  const auto schema = context.schemas.ensure_class(kClass);
  const Milliseconds expire = context.now + std::chrono::duration_cast<std::chrono::milliseconds>(ttl).count();
  const Object note{{"objectId", crypto::new_object_id()},
                    {"createdAt", Date{context.now}},
                    {"updatedAt", Date{context.now}},
                    {"reqId", request_id},
                    {"expire", Date{expire}}};
  if (try_remember(context, *schema, note)) return;
  // The note in the way may have expired.
  forget_expired_requests(context);
  if (!try_remember(context, *schema, note)) throw Error(ErrorCode::kDuplicateRequest, "Duplicate request");
}

void forget_expired_requests(const Context& context) {
  const auto schema = context.schemas.snapshot();
  if (schema->find(kClass) != nullptr) context.storage.remove(*schema, kClass, expired_before(context.now));
}

}  // namespace parse::rest
