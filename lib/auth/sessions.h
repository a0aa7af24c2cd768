#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/iso_date.h"
#include "cache/memory_cache.h"
#include "storage/adapter.h"

namespace parse::auth {

/// One session that is good.
struct Session {
  std::string id;
  std::string user_id;
  std::optional<Milliseconds> expires_at;
  Milliseconds updated_at = 0;
};

struct SessionSettings {
  cache::MemoryCacheSettings cache;
  /// `extendSessionOnUse`: a session used in the second half of its life gets a new one.
  bool extend_on_use = false;
  /// Life of a session in milliseconds; absent: no end.
  std::optional<Milliseconds> length;
};

/// Session tokens -> users. What was found is kept for the cache's time; the end of a session through this server
/// counts at once, and so does its expiry. Any thread. Source: parse-server Auth getAuthForSessionToken.
class Sessions {
 public:
  /// `storage` must outlive this.
  Sessions(storage::Adapter& storage, SessionSettings settings);

  /// The session of `token` at the time `now`. Throws kInvalidSessionToken (209) for an unknown one, one whose user is
  /// gone, and one that has expired.
  std::shared_ptr<const Session> authenticate(const schema::Schema& schema, const std::string& token, Milliseconds now);
  /// The user with that `_session_token`, from before sessions were objects. Throws kInvalidSessionToken (209).
  std::string authenticate_legacy(const schema::Schema& schema, const std::string& token);

  /// To be called after a session has been deleted or changed.
  void forget(const std::string& token) { cache_.erase(token); }
  /// As forget, for a session whose token is not known.
  void forget_session(const std::string& id);
  /// To be called after sessions of that user, or the user, have been deleted.
  void forget_user(const std::string& user_id);
  /// To be called after many sessions were deleted.
  void forget_all() { cache_.clear(); }

 private:
  std::shared_ptr<const Session> load(const schema::Schema& schema, const std::string& token);
  std::shared_ptr<const Session> extend(const schema::Schema& schema, const std::string& token,
                                        std::shared_ptr<const Session> session, Milliseconds now);

  storage::Adapter& storage_;
  const SessionSettings settings_;
  cache::MemoryCache<Session> cache_;
};

}  // namespace parse::auth
