#pragma once

#include "storage/sql/index_advisor.h"
#include "storage/sqlite/connection.h"

namespace parse::storage::sqlite {

using sql::IndexAdvice;

/// Makes the index of the advice. False: the class is too big for it, as all writes wait meanwhile; nothing was made.
bool make_advised_index(Connection& connection, const IndexAdvice& advice);

/// Drops the index of the advice again when the field has too few different values for it to help.
void drop_useless_index(Connection& connection, const IndexAdvice& advice);

}  // namespace parse::storage::sqlite
