#include "rest/installation_rules.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/error.h"
#include "logging/logger.h"
#include "object/value_sink.h"
#include "rest/access.h"
#include "rest/schema_service.h"
#include "schema/field_type.h"
#include "schema/validate.h"

namespace parse::rest {
namespace {

using object::Object;
using object::Value;
using query::Where;

constexpr std::size_t kAppleTokenLength = 64;

/// The text of a field; empty when there is none.
std::string text_of(const Object& object, std::string_view field) {
  const Value* value = object.find(field);
  const auto* text = value != nullptr ? value->get_if<std::string>() : nullptr;
  return text != nullptr ? *text : std::string();
}

bool is_delete_op(const Object& body, std::string_view field) {
  const Value* value = body.find(field);
  const Object* object = value != nullptr ? value->get_if<Object>() : nullptr;
  return object != nullptr && text_of(*object, "__op") == "Delete";
}

/// Identifiers that are no texts end here: below, rows are deleted because of them.
void check_text(const Object& body, std::string_view field) {
  const Value* value = body.find(field);
  if (value == nullptr || value->is_null() || value->is<std::string>() || is_delete_op(body, field)) return;
  const auto given = schema::type_of(*value);
  schema::throw_mismatch(kInstallationClass, field, {schema::FieldKind::kString, {}},
                         given.value_or(schema::FieldType{schema::FieldKind::kObject, {}}));
}

void normalise(Object& body) {
  for (const auto* field : {"installationId", "deviceToken", "deviceType", "appIdentifier"}) check_text(body, field);
  Value* id = body.find("installationId");
  if (auto* text = id != nullptr ? id->get_if<std::string>() : nullptr) {
    *text = ascii_lower(*text);
    // Rows without an id are many; an empty one would be an id that all of them share.
    if (text->empty()) *id = Value(nullptr);
  }
  Value* token = body.find("deviceToken");
  auto* text = token != nullptr ? token->get_if<std::string>() : nullptr;
  if (text != nullptr && text->size() == kAppleTokenLength) *text = ascii_lower(*text);
}

Where equals(std::string_view field, const std::string& text) {
  Where where;
  where.conditions.push_back(query::FieldCondition{std::string(field), query::Equal{text}});
  return where;
}

void add_different(Where& where, std::string_view field, const std::string& text) {
  where.conditions.push_back(query::FieldCondition{std::string(field), query::NotEqual{text}});
}

/// Identifiers of a row, or of what a request says about one. Empty: none.
struct Identifiers {
  std::string object_id;
  std::string installation_id;
  std::string device_token;
  std::string device_type;
};

Identifiers identifiers_of(const Object& object) {
  return {text_of(object, "objectId"), text_of(object, "installationId"), text_of(object, "deviceToken"),
          text_of(object, "deviceType")};
}

std::vector<Identifiers> find_rows(const Context& context, std::vector<Where> alternatives) {
  std::vector<Identifiers> rows;
  const auto schema = context.schemas.snapshot();
  if (schema->find(kInstallationClass) == nullptr) return rows;
  query::Find find;
  find.class_name = kInstallationClass;
  find.where.conditions.push_back(query::Or{std::move(alternatives)});
  find.keys = {"installationId", "deviceToken", "deviceType"};
  object::ValueBuilder builder;
  builder.begin_array();
  context.storage.find(*schema, find, builder);
  builder.end_array();
  const Value found = builder.take();
  for (const Value& row : found.as<object::Array>()) rows.push_back(identifiers_of(row.as<Object>()));
  return rows;
}

/// One write to _Installation, on its way to the row it is about.
class Settlement {
 public:
  Settlement(const Context& context, const std::optional<std::string>& object_id, const Object& body)
      : context_(context),
        settings_(context.settings.installations),
        body_(body),
        asked_(object_id),
        said_(identifiers_of(body)),
        installation_id_(said_.installation_id) {
    // A client names its own installation by a header; for the other keys the header says who asks, not what for.
    if (!installation_id_.empty() || context.principal.bypasses_permissions()) return;
    installation_id_ = context.client.installation_id;
    installation_id_ = ascii_lower(installation_id_);
  }

  std::optional<std::string> run() {
    if (!asked_ && said_.device_token.empty() && said_.installation_id.empty() &&
        context_.client.installation_id.empty()) {
      throw Error(ErrorCode::kMissingRequiredField,
                  "at least one ID field (deviceToken, installationId) must be specified in this operation");
    }
    if (asked_ && !names_identifier()) return asked_;
    look_up();
    if (asked_) check_unchanged();
    if (!asked_ && said_.device_type.empty() && match_ == nullptr)
      throw Error(ErrorCode::kMissingRequiredField, "deviceType must be specified in this operation");
    return match_ == nullptr ? settle_by_token() : settle_by_id();
  }

 private:
  bool names_identifier() const {
    if (!said_.device_token.empty() || !installation_id_.empty() || !said_.device_type.empty()) return true;
    return is_delete_op(body_, "installationId") || is_delete_op(body_, "deviceToken") ||
           is_delete_op(body_, "deviceType");
  }

  void look_up() {
    std::vector<Where> alternatives;
    if (asked_) alternatives.push_back(equals("objectId", *asked_));
    if (!installation_id_.empty()) alternatives.push_back(equals("installationId", installation_id_));
    if (!said_.device_token.empty()) alternatives.push_back(equals("deviceToken", said_.device_token));
    if (alternatives.empty()) return;
    rows_ = find_rows(context_, std::move(alternatives));
    for (const Identifiers& row : rows_) {
      if (asked_ && row.object_id == *asked_) named_ = &row;
      if (!said_.device_token.empty() && row.device_token == said_.device_token) with_token_.push_back(&row);
    }
    match_ = named_;
    for (const Identifiers& row : rows_)
      if (!installation_id_.empty() && row.installation_id == installation_id_) match_ = &row;
  }

  void check_unchanged() const {
    if (named_ == nullptr) throw Error(ErrorCode::kObjectNotFound, "Object not found for update.");
    const auto differs = [&](std::string_view field, const std::string& said, const std::string& stored) {
      return is_delete_op(body_, field) || (!said.empty() && said != stored);
    };
    const auto refuse = [](std::string_view field) {
      throw Error(ErrorCode::kImmutableField, std::string(field) + " may not be changed in this operation");
    };
    const bool has_id = !named_->installation_id.empty();
    if (has_id && differs("installationId", said_.installation_id, named_->installation_id)) refuse("installationId");
    // The token of a device changes; without an installationId it is all that tells the row from others.
    if (!named_->device_token.empty() && said_.installation_id.empty() && !has_id &&
        differs("deviceToken", said_.device_token, named_->device_token))
      refuse("deviceToken");
    if (differs("deviceType", said_.device_type, named_->device_type)) refuse("deviceType");
  }

  /// No row has the id: the one with the token may be the device, or a device that had the token before.
  std::optional<std::string> settle_by_token() {
    if (with_token_.empty()) return std::nullopt;
    const Identifiers& first = *with_token_.front();
    if (with_token_.size() == 1 && (first.installation_id.empty() || installation_id_.empty())) return first.object_id;
    if (said_.installation_id.empty())
      throw Error(ErrorCode::kInstallationConflict,
                  "Must specify installationId when deviceToken matches multiple Installation objects");
    Where others = equals("deviceToken", said_.device_token);
    add_different(others, "installationId", installation_id_);
    take_token_from(std::move(others));
    return std::nullopt;
  }

  std::optional<std::string> settle_by_id() {
    const bool token_without_id = with_token_.size() == 1 && with_token_.front()->installation_id.empty();
    if (token_without_id) return merge(*with_token_.front());
    if (said_.device_token.empty() || match_->device_token == said_.device_token) return match_->object_id;
    Where others = equals("deviceToken", said_.device_token);
    if (!said_.installation_id.empty()) {
      add_different(others, "installationId", said_.installation_id);
    } else if (said_.object_id == match_->object_id) {
      add_different(others, "objectId", match_->object_id);
    } else {
      // Nothing tells the row from those that would have to go.
      return match_->object_id;
    }
    take_token_from(std::move(others));
    return match_->object_id;
  }

  /// The row with the id and the row with the token are the same device: one of them survives.
  std::string merge(const Identifiers& token_row) {
    if (token_row.object_id == match_->object_id) return match_->object_id;
    const Identifiers& loser = settings_.installation_id_wins ? token_row : *match_;
    const Identifiers& survivor = settings_.installation_id_wins ? *match_ : token_row;
    give_up(equals("objectId", loser.object_id), settings_.installation_id_wins ? "deviceToken" : "installationId");
    return survivor.object_id;
  }

  /// Rows of other apps on the device keep the token when the request says which app it is about.
  void take_token_from(Where others) {
    const std::string app = text_of(body_, "appIdentifier");
    if (!app.empty()) others.conditions.push_back(query::FieldCondition{"appIdentifier", query::Equal{app}});
    give_up(std::move(others), "deviceToken");
  }

  /// Deletes rows, or clears `field` in them; rows that the caller may not write stay when the options want that.
  void give_up(Where rows, const char* field) {
    const auto operation = settings_.update_duplicates ? schema::Operation::kUpdate : schema::Operation::kDelete;
    if (settings_.enforce_auth && !restrict_to_writable(rows, operation)) return;
    const auto schema = context_.schemas.snapshot();
    std::int64_t count = 0;
    if (settings_.update_duplicates) {
      count = context_.storage.update_many(
          *schema, {kInstallationClass, std::move(rows), {{field, object::DeleteField{}}}, std::nullopt});
    } else {
      count = context_.storage.remove(*schema, kInstallationClass, rows);
    }
    logging::verbose("{} installations gave up their {}.", count, field);
  }

  bool restrict_to_writable(Where& rows, schema::Operation operation) const {
    try {
      auto reach = check_class_permission(context_, kInstallationClass, operation);
      if (reach) rows.conditions.push_back(std::move(*reach));
    } catch (const Error& error) {
      logging::warn("Installations with the same identifiers stay, because the client may not change them: {}",
                    error.message());
      return false;
    }
    const auth::Principal& caller = context_.principal;
    if (!caller.bypasses_permissions())
      rows.conditions.push_back(query::AclAllows{query::AclRight::kWrite, caller.acl_group()});
    return true;
  }

  const Context& context_;
  const InstallationSettings& settings_;
  const Object& body_;
  const std::optional<std::string>& asked_;
  const Identifiers said_;
  /// Of the body, or of the client's header; in lower case.
  std::string installation_id_;
  std::vector<Identifiers> rows_;
  std::vector<const Identifiers*> with_token_;
  const Identifiers* named_ = nullptr;
  /// The row with the installationId, or else the one the request names.
  const Identifiers* match_ = nullptr;
};

}  // namespace

std::optional<Written> InstallationRules::begin(Draft& draft) {
  normalise(draft.body);
  const auto asked = draft.creating ? std::nullopt : std::optional(draft.id);
  if (auto row = Settlement(draft.context, asked, draft.body).run()) {
    draft.id = std::move(*row);
    draft.creating = false;
  }
  return std::nullopt;
}

}  // namespace parse::rest
