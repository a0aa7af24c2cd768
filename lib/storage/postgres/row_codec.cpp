#include "storage/postgres/row_codec.h"

#include <algorithm>
#include <cmath>

#include "object/json.h"
#include "storage/postgres/wire.h"

namespace parse::storage::postgres {
namespace {

using Decoder = sql::ColumnReader::Decoder;
using sql::ColumnReader;
using sql::ReadPlan;

constexpr std::size_t kPointSize = 16;
/// Numbers up to here are whole in a double, and are then shown without a fraction.
constexpr double kLargestWhole = 9007199254740992.0;

/// The texts of a text[] value: number of dimensions, flags, type, then for each dimension its length and lower bound,
/// then the elements, each with its length (-1 for NULL). A NULL has no data().
std::vector<std::string_view> read_texts(std::string_view bytes) {
  constexpr std::size_t kHeader = 20;
  std::vector<std::string_view> texts;
  if (bytes.size() < kHeader) return texts;
  const auto count = read_big_endian<std::int32_t>(bytes, 12);
  std::size_t place = kHeader;
  for (std::int32_t i = 0; i < count && place + 4 <= bytes.size(); ++i) {
    const auto length = read_big_endian<std::int32_t>(bytes, place);
    place += 4;
    if (length < 0) {
      texts.emplace_back();
      continue;
    }
    texts.push_back(bytes.substr(place, static_cast<std::size_t>(length)));
    place += static_cast<std::size_t>(length);
  }
  return texts;
}

object::GeoPoint read_point(std::string_view bytes, std::size_t offset = 0) {
  return {read_double(bytes, offset + sizeof(double)), read_double(bytes, offset)};
}

object::Polygon read_polygon(std::string_view bytes) {
  object::Polygon polygon;
  const auto count = static_cast<std::size_t>(read_big_endian<std::int32_t>(bytes));
  polygon.points.reserve(count);
  for (std::size_t i = 0; i < count && 4 + (i + 1) * kPointSize <= bytes.size(); ++i)
    polygon.points.push_back(read_point(bytes, 4 + i * kPointSize));
  return polygon;
}

void play_right(std::string_view name, bool is_granted, object::ValueSink& sink) {
  if (!is_granted) return;
  sink.key(name);
  sink.boolean(true);
}

void play_acl(const Result& result, int row, int column, object::ValueSink& sink) {
  const bool has_readers = !result.is_null(row, column);
  const bool has_writers = !result.is_null(row, column + 1);
  if (!has_readers && !has_writers) return;
  const auto readers = has_readers ? read_texts(result.bytes(row, column)) : std::vector<std::string_view>();
  const auto writers = has_writers ? read_texts(result.bytes(row, column + 1)) : std::vector<std::string_view>();
  const auto play_entry = [&](std::string_view entry, bool read, bool write) {
    sink.key(entry);
    sink.begin_object();
    play_right("read", read, sink);
    play_right("write", write, sink);
    sink.end_object();
  };
  sink.key("ACL");
  sink.begin_object();
  for (const std::string_view entry : readers)
    play_entry(entry, true, std::ranges::find(writers, entry) != writers.end());
  for (const std::string_view entry : writers) {
    if (std::ranges::find(readers, entry) == readers.end()) play_entry(entry, false, true);
  }
  sink.end_object();
}

void play_number(double value, object::ValueSink& sink) {
  if (std::abs(value) <= kLargestWhole && value == std::trunc(value)) {
    sink.integer(static_cast<std::int64_t>(value));
  } else {
    sink.number(value);
  }
}

/// Array fields of old servers may be text[].
void play_json(const Result& result, int row, int column, object::ValueSink& sink) {
  if (result.type(column) != ColumnType::kTextArray) {
    sink.encoded_json(result.json(row, column));
    return;
  }
  sink.begin_array();
  for (const std::string_view text : read_texts(result.bytes(row, column))) {
    if (text.data() == nullptr) {
      sink.null();
    } else {
      sink.string(text);
    }
  }
  sink.end_array();
}

void play_value(const Result& result, int row, const ColumnReader& reader, object::ValueSink& sink) {
  const int column = reader.column;
  switch (reader.decoder) {
    case Decoder::kText:
      sink.string(result.bytes(row, column));
      break;
    case Decoder::kNumber:
      play_number(result.number(row, column), sink);
      break;
    case Decoder::kBoolean:
      sink.boolean(result.boolean(row, column));
      break;
    case Decoder::kDate:
      sink.date({result.milliseconds(row, column)});
      break;
    case Decoder::kTimestamp:
      sink.timestamp({result.milliseconds(row, column)});
      break;
    case Decoder::kJson:
    case Decoder::kBytes:
      play_json(result, row, column, sink);
      break;
    case Decoder::kGeoPoint:
      sink.geo_point(read_point(result.bytes(row, column)));
      break;
    case Decoder::kPolygon:
      sink.polygon(read_polygon(result.bytes(row, column)));
      break;
    case Decoder::kFile:
      sink.file(result.bytes(row, column), {});
      break;
    case Decoder::kPointer:
      sink.pointer(reader.target_class, result.bytes(row, column));
      break;
    case Decoder::kRelation:
      sink.relation(reader.target_class);
      break;
    case Decoder::kAcl:
      break;
  }
}

}  // namespace

void play_row(const Result& result, int row, const ReadPlan& plan, object::ValueSink& sink) {
  sink.begin_object();
  for (const ColumnReader& reader : plan.readers) {
    if (reader.decoder == Decoder::kAcl) {
      play_acl(result, row, reader.column, sink);
      continue;
    }
    if (reader.decoder != Decoder::kRelation && result.is_null(row, reader.column)) continue;
    sink.key(reader.name);
    play_value(result, row, reader, sink);
  }
  if (plan.score_column) {
    sink.key("score");
    sink.number(result.number(row, *plan.score_column));
  }
  sink.end_object();
}

object::Object read_row(const Result& result, int row, const ReadPlan& plan) {
  object::ValueBuilder builder;
  play_row(result, row, plan, builder);
  object::Value object = builder.take();
  return std::move(*object.get_if<object::Object>());
}

}  // namespace parse::storage::postgres
