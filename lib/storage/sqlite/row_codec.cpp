#include "storage/sqlite/row_codec.h"

#include <sqlite3.h>

#include <algorithm>

#include "storage/sqlite/acl_text.h"
#include "storage/sqlite/columns.h"

namespace parse::storage::sqlite {
namespace {

using Decoder = ColumnReader::Decoder;

void play_right(std::string_view name, bool granted, object::ValueSink& sink) {
  if (!granted) return;
  sink.key(name);
  sink.boolean(true);
}

void play_acl_entry(std::string_view entry, bool read, bool write, object::ValueSink& sink) {
  if (entry.find('\\') == std::string_view::npos) {
    sink.key(entry);
  } else {
    sink.key(unescape_acl_entry(entry));
  }
  sink.begin_object();
  play_right("read", read, sink);
  play_right("write", write, sink);
  sink.end_object();
}

void play_acl(const Statement& row, const ColumnReader& reader, object::ValueSink& sink) {
  const std::string_view readers = row.text(reader.column);
  const std::string_view writers = row.text(reader.column + 1);
  if (readers.empty() && writers.empty()) return;
  sink.key("ACL");
  sink.begin_object();
  for_each_acl_entry(readers, [&](std::string_view entry) {
    play_acl_entry(entry, true, acl_text_contains(writers, entry), sink);
    return true;
  });
  for_each_acl_entry(writers, [&](std::string_view entry) {
    if (!acl_text_contains(readers, entry)) play_acl_entry(entry, false, true, sink);
    return true;
  });
  sink.end_object();
}

void play_number(const Statement& row, int column, object::ValueSink& sink) {
  if (sqlite3_column_type(row.handle(), column) == SQLITE_INTEGER) {
    sink.integer(row.integer(column));
  } else {
    sink.number(row.real(column));
  }
}

void play_value(const Statement& row, const ColumnReader& reader, object::ValueSink& sink) {
  const int column = reader.column;
  switch (reader.decoder) {
    case Decoder::kText:
      sink.string(row.text(column));
      break;
    case Decoder::kNumber:
      play_number(row, column, sink);
      break;
    case Decoder::kBoolean:
      sink.boolean(row.integer(column) != 0);
      break;
    case Decoder::kDate:
      sink.date({row.integer(column)});
      break;
    case Decoder::kTimestamp:
      sink.timestamp({row.integer(column)});
      break;
    case Decoder::kJson:
    case Decoder::kPolygon:
      sink.encoded_json(row.text(column));
      break;
    case Decoder::kGeoPoint:
      sink.geo_point({row.real(column), row.real(column + 1)});
      break;
    case Decoder::kFile:
      sink.file(row.text(column), {});
      break;
    case Decoder::kBytes:
      sink.bytes(row.text(column));
      break;
    case Decoder::kPointer:
      sink.pointer(reader.target_class, row.text(column));
      break;
    case Decoder::kRelation:
      sink.relation(reader.target_class);
      break;
    case Decoder::kAcl:
      break;
  }
}

}  // namespace

void play_row(const Statement& statement, const ReadPlan& plan, object::ValueSink& sink) {
  sink.begin_object();
  for (const ColumnReader& reader : plan.readers) {
    if (reader.decoder == Decoder::kAcl) {
      play_acl(statement, reader, sink);
      continue;
    }
    if (reader.decoder != Decoder::kRelation && statement.is_null(reader.column)) continue;
    sink.key(reader.name);
    play_value(statement, reader, sink);
  }
  if (plan.score_column) {
    sink.key("score");
    sink.number(statement.real(*plan.score_column));
  }
  sink.end_object();
}

object::Object read_row(const Statement& statement, const ReadPlan& plan) {
  object::ValueBuilder builder;
  play_row(statement, plan, builder);
  object::Value row = builder.take();
  return std::move(*row.get_if<object::Object>());
}

}  // namespace parse::storage::sqlite
