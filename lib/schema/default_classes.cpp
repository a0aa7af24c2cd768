#include "schema/default_classes.h"

#include <algorithm>
#include <array>

namespace parse::schema {
namespace {

using enum FieldKind;
constexpr ColumnUse kHidden = ColumnUse::kInternal;

constexpr DefaultColumn kCommon[] = {{"objectId"}, {"createdAt", kDate}, {"updatedAt", kDate}, {"ACL", kAcl}};

constexpr DefaultColumn kUser[] = {
    {"username"},
    {"password", kString, "", ColumnUse::kVirtual},
    {"email"},
    {"emailVerified", kBoolean},
    {"authData", kObject},
    {"_hashed_password", kString, "", kHidden},
    {"_email_verify_token", kString, "", kHidden},
    {"_email_verify_token_expires_at", kDate, "", kHidden},
    {"_perishable_token", kString, "", kHidden},
    {"_perishable_token_expires_at", kDate, "", kHidden},
    {"_failed_login_count", kNumber, "", kHidden},
    {"_account_lockout_expires_at", kDate, "", kHidden},
    {"_password_changed_at", kDate, "", kHidden},
    {"_password_history", kArray, "", kHidden},
    {"_session_token", kString, "", kHidden},
};
constexpr DefaultColumn kInstallation[] = {
    {"installationId"}, {"deviceToken"},   {"channels", kArray}, {"deviceType"},     {"pushType"},
    {"GCMSenderId"},    {"timeZone"},      {"localeIdentifier"}, {"badge", kNumber}, {"appVersion"},
    {"appName"},        {"appIdentifier"}, {"parseVersion"},
};
constexpr DefaultColumn kRole[] = {{"name"}, {"users", kRelation, "_User"}, {"roles", kRelation, "_Role"}};
constexpr DefaultColumn kSession[] = {
    {"user", kPointer, "_User"}, {"installationId"}, {"sessionToken"}, {"expiresAt", kDate}, {"createdWith", kObject}};
constexpr DefaultColumn kProduct[] = {{"productIdentifier"}, {"download", kFile}, {"downloadName"}, {"icon", kFile},
                                      {"order", kNumber},    {"title"},           {"subtitle"}};
constexpr DefaultColumn kPushStatus[] = {
    {"pushTime"},
    {"source"},
    {"query"},
    {"payload"},
    {"title"},
    {"expiry", kNumber},
    {"expiration_interval", kNumber},
    {"status"},
    {"numSent", kNumber},
    {"numFailed", kNumber},
    {"pushHash"},
    {"errorMessage", kObject},
    {"sentPerType", kObject},
    {"failedPerType", kObject},
    {"sentPerUTCOffset", kObject},
    {"failedPerUTCOffset", kObject},
    {"count", kNumber},
};
constexpr DefaultColumn kJobStatus[] = {{"jobName"}, {"source"},          {"status"},
                                        {"message"}, {"params", kObject}, {"finishedAt", kDate}};
constexpr DefaultColumn kJobSchedule[] = {{"jobName"},          {"description"},           {"params"},
                                          {"startAfter"},       {"daysOfWeek", kArray},    {"timeOfDay"},
                                          {"lastRun", kNumber}, {"repeatMinutes", kNumber}};
constexpr DefaultColumn kHooks[] = {{"functionName"}, {"className"}, {"triggerName"}, {"url"}};
constexpr DefaultColumn kGlobalConfig[] = {{"params", kObject}, {"masterKeyOnly", kObject}};
constexpr DefaultColumn kGraphQlConfig[] = {{"config", kObject}};
constexpr DefaultColumn kAudience[] = {{"name"}, {"query"}, {"lastUsed", kDate}, {"timesUsed", kNumber}};
constexpr DefaultColumn kIdempotency[] = {{"reqId"}, {"expire", kDate}};

constexpr std::string_view kRequiredOfRole[] = {"name", "ACL"};
constexpr std::string_view kRequiredOfProduct[] = {"productIdentifier", "icon", "order", "title", "subtitle"};

struct DefaultIndex {
  std::string_view name;
  std::string_view field;
  bool unique = false;
  bool case_insensitive = false;
};
constexpr DefaultIndex kUserIndexes[] = {{"username_1", "username", true},
                                         {"email_1", "email", true},
                                         {"case_insensitive_username", "username", true, true},
                                         {"case_insensitive_email", "email", true, true},
                                         {"_email_verify_token", "_email_verify_token"},
                                         {"_perishable_token", "_perishable_token"}};
constexpr DefaultIndex kSessionIndexes[] = {{"sessionToken_1", "sessionToken"}, {"user_1", "user"}};
constexpr DefaultIndex kInstallationIndexes[] = {{"installationId_1", "installationId", true},
                                                 {"deviceToken_1", "deviceToken"}};
constexpr DefaultIndex kRoleIndexes[] = {{"name_1", "name", true}};
constexpr DefaultIndex kIdempotencyIndexes[] = {{"reqId_1", "reqId", true}, {"ttl", "expire"}};

struct SystemClass {
  std::string_view name;
  std::span<const DefaultColumn> columns;
  std::span<const std::string_view> required = {};
  std::span<const DefaultIndex> indexes = {};
};
const SystemClass kClasses[] = {
    {"_User", kUser, {}, kUserIndexes},
    {"_Installation", kInstallation, {}, kInstallationIndexes},
    {"_Role", kRole, kRequiredOfRole, kRoleIndexes},
    {"_Session", kSession, {}, kSessionIndexes},
    {"_Product", kProduct, kRequiredOfProduct},
    {"_PushStatus", kPushStatus},
    {"_JobStatus", kJobStatus},
    {"_JobSchedule", kJobSchedule},
    {"_Hooks", kHooks},
    {"_GlobalConfig", kGlobalConfig},
    {"_GraphQLConfig", kGraphQlConfig},
    {"_Audience", kAudience},
    {"_Idempotency", kIdempotency, {}, kIdempotencyIndexes},
};
constexpr std::string_view kMadeAtStart[] = {"_User",        "_Role",         "_Hooks",        "_JobStatus",
                                             "_JobSchedule", "_PushStatus",   "_GlobalConfig", "_Audience",
                                             "_Idempotency", "_GraphQLConfig"};

const SystemClass* find_class(std::string_view name) {
  if (!name.starts_with('_')) return nullptr;
  const auto* const end = std::end(kClasses);
  const auto* const found =
      std::find_if(std::begin(kClasses), end, [&](const auto& item) { return item.name == name; });
  return found == end ? nullptr : found;
}

const DefaultColumn* find_column(std::span<const DefaultColumn> columns, std::string_view name) {
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const auto& item) { return item.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

void append_columns(std::vector<Field>& fields, std::span<const DefaultColumn> columns) {
  for (const DefaultColumn& column : columns) {
    if (column.use == ColumnUse::kVirtual) continue;
    Field& field = fields.emplace_back();
    field.name = column.name;
    field.type = column_type(column);
  }
}

}  // namespace

std::span<const DefaultColumn> common_columns() { return kCommon; }

std::span<const DefaultColumn> system_columns(std::string_view class_name) {
  const SystemClass* found = find_class(class_name);
  return found ? found->columns : std::span<const DefaultColumn>();
}

const DefaultColumn* find_default_column(std::string_view class_name, std::string_view field) {
  const DefaultColumn* common = find_column(kCommon, field);
  return common ? common : find_column(system_columns(class_name), field);
}

FieldType column_type(const DefaultColumn& column) { return FieldType{column.kind, std::string(column.target_class)}; }

std::span<const std::string_view> required_columns(std::string_view class_name) {
  const SystemClass* found = find_class(class_name);
  return found ? found->required : std::span<const std::string_view>();
}

ClassSchema default_class(std::string_view class_name) {
  ClassSchema made;
  made.name = class_name;
  append_columns(made.fields, kCommon);
  const SystemClass* found = find_class(class_name);
  if (found == nullptr) return made;
  append_columns(made.fields, found->columns);
  for (const DefaultIndex& item : found->indexes) {
    Index& index = made.indexes.emplace_back();
    index.name = item.name;
    index.keys.push_back({std::string(item.field), 1});
    index.unique = item.unique;
    index.case_insensitive = item.case_insensitive;
  }
  return made;
}

std::span<const std::string_view> classes_made_at_start() { return kMadeAtStart; }

ClassSchema with_defaults(ClassSchema stored) {
  ClassSchema made = default_class(stored.name);
  for (Field& field : made.fields) {
    if (stored.find_field(field.name) == nullptr) stored.fields.push_back(std::move(field));
  }
  for (Index& index : made.indexes) {
    if (stored.find_index(index.name) == nullptr) stored.indexes.push_back(std::move(index));
  }
  return stored;
}

Index auth_data_index(std::string_view provider) {
  Index index;
  index.name = "_auth_data_" + std::string(provider) + "_id";
  index.keys.push_back({"authData." + std::string(provider) + ".id", 1});
  index.unique = true;
  return index;
}

bool is_default_index(std::string_view class_name, std::string_view index) {
  const SystemClass* found = find_class(class_name);
  if (found == nullptr) return false;
  if (class_name == "_User" && index.starts_with("_auth_data_")) return true;
  return std::any_of(found->indexes.begin(), found->indexes.end(),
                     [&](const auto& item) { return item.name == index; });
}

}  // namespace parse::schema
