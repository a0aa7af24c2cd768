#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "object/update_op.h"
#include "object/value.h"
#include "query/where.h"
#include "rest/context.h"
#include "rest/object_id.h"

namespace parse::rest {

/// What a POST or PUT of an object comes to.
struct Written {
  /// What the client is told of the object.
  object::Object response;
  std::string id;
  /// False when the object was there before: an update, a login with known authData.
  bool created = false;
};

/// One write on its way to storage.
struct Draft {
  const Context& context;
  const std::string& class_name;
  /// The object's id; empty until a new object has one.
  std::string id;
  bool creating = false;
  /// As sent; spent once `changes` are read.
  object::Object body;
  object::Update changes;
  /// Which object an update may change: its id and what the caller may write.
  query::Where where;
};

/// What is special about writing the objects of one built-in class. Made for one write, so it may remember things
/// between its steps, which are called in this order; those of a removal stand at the end.
class WriteRules {
 public:
  virtual ~WriteRules() = default;

  /// Checks `draft.body`, and may change it. Returns what the client is told when nothing else is to be done. May also
  /// turn the draft to another object: with `id` set and `creating` false, a POST changes that object.
  virtual std::optional<Written> begin(Draft& draft) {
    static_cast<void>(draft);
    return std::nullopt;
  }
  /// The changes fit the schema and the caller may make them: the last moment to change them, and for an update
  /// `where`. Internal columns may be written here.
  virtual void settle(Draft& draft) { static_cast<void>(draft); }
  /// A new object, complete.
  virtual void complete(const Draft& draft, object::Object& object) {
    static_cast<void>(draft), static_cast<void>(object);
  }
  /// Storage refused the write, or an update found nothing. Throws the error the client sees instead, or returns.
  virtual void refused(const Draft& draft, const Error& error) { static_cast<void>(draft), static_cast<void>(error); }
  /// The object as it is now stored. May add to the response.
  virtual void end(const Draft& draft, const object::Object& stored, object::Object& response) {
    static_cast<void>(draft), static_cast<void>(stored), static_cast<void>(response);
  }

  /// An object is to be deleted: checks beyond permissions and ACL.
  virtual void begin_removal(const Context& context, const ObjectId& object) {
    static_cast<void>(context), static_cast<void>(object);
  }
  /// There was nothing that the caller may delete. Throws the error the client sees, or returns: then it is
  /// kObjectNotFound (101).
  virtual void removal_refused(const Context& context, const ObjectId& object) {
    static_cast<void>(context), static_cast<void>(object);
  }
  /// The object is gone.
  virtual void end_removal(const Context& context, const ObjectId& object) {
    static_cast<void>(context), static_cast<void>(object);
  }
};

/// The rules of a class; nullptr when it has none.
std::unique_ptr<WriteRules> write_rules_of(std::string_view class_name);

/// A copy of the context that acts with the master key, and calls no hooks: for what the server itself does.
Context as_master(const Context& context);
/// A copy of the context that acts for the user, with his roles: for what he is shown of himself. The keys stay what
/// they are.
Context as_user(const Context& context, const std::string& user_id);

}  // namespace parse::rest
