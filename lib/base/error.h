#pragma once

#include <exception>
#include <string>
#include <string_view>

namespace parse {

/// Parse error codes, as sent in `{"code": …}`. Source: Parse REST guide, "Error codes"; the JS SDK's ParseError.
enum class ErrorCode : int {
  kOtherCause = -1,
  kInternal = 1,
  kConnectionFailed = 100,
  kObjectNotFound = 101,
  kInvalidQuery = 102,
  kInvalidClassName = 103,
  kMissingObjectId = 104,
  kInvalidKeyName = 105,
  kInvalidPointer = 106,
  kInvalidJson = 107,
  kCommandUnavailable = 108,
  kNotInitialized = 109,
  kIncorrectType = 111,
  kInvalidChannelName = 112,
  kPushMisconfigured = 115,
  kObjectTooLarge = 116,
  kOperationForbidden = 119,
  kCacheMiss = 120,
  kInvalidNestedKey = 121,
  kInvalidFileName = 122,
  kInvalidAcl = 123,
  kTimeout = 124,
  kInvalidEmailAddress = 125,
  kFileTooLarge = 129,
  kFileSaveError = 130,
  kInstallationConflict = 132,
  kMissingRequiredField = 135,
  kImmutableField = 136,
  kDuplicateValue = 137,
  kInvalidRoleName = 139,
  kExceededQuota = 140,
  kScriptFailed = 141,
  kValidationError = 142,
  kHookError = 143,
  kFileDeleteError = 153,
  kRequestLimitExceeded = 155,
  kDuplicateRequest = 159,
  kInvalidEventName = 160,
  kInvalidValue = 162,
  kUsernameMissing = 200,
  kPasswordMissing = 201,
  kUsernameTaken = 202,
  kEmailTaken = 203,
  kEmailMissing = 204,
  kEmailNotFound = 205,
  kSessionMissing = 206,
  kMustCreateUserThroughSignup = 207,
  kAccountAlreadyLinked = 208,
  kInvalidSessionToken = 209,
  kLinkedIdMissing = 250,
  kInvalidLinkedSession = 251,
  kUnsupportedService = 252,
  kInvalidSchemaOperation = 255,
};

/// The one exception type of this project. `code` and `message` are public and reach the client;
/// `cause` (driver text, paths) is for the log only.
class Error : public std::exception {
 public:
  Error(ErrorCode code, std::string message, std::string cause = {});

  ErrorCode code() const { return code_; }
  const std::string& message() const { return message_; }
  const std::string& cause() const { return cause_; }
  /// The public message, so that an escaped Error prints something useful.
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  ErrorCode code_;
  std::string message_;
  std::string cause_;
};

/// The HTTP status that carries `code`: 404 for 101, 500 for 1, 429 for 100, 503 for 155, otherwise 400.
int http_status(ErrorCode code);

}  // namespace parse
