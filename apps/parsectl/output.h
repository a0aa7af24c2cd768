#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "object/value.h"

namespace parse::ctl {

enum class OutputFormat { kTable, kJson, kNdjson, kCsv };

/// Where and how a command prints: results on `out`; progress and remarks for people on `err`.
class Output {
 public:
  struct Streams {
    std::ostream& out;
    std::ostream& err;
  };
  Output(Streams streams, OutputFormat format, bool is_quiet)
      : streams_(streams), format_(format), is_quiet_(is_quiet) {}

  /// Objects as the lines of a table with these columns; JSON shows all that the objects hold.
  void rows(const std::vector<std::string>& columns, const object::Array& objects);
  /// One more object of a stream without end: JSON or CSV on one line; a table has these columns with tabs between.
  void line(const std::vector<std::string>& columns, const object::Object& object);
  /// One object: `name  value` lines, or JSON.
  void object(const object::Object& object);
  /// What was done: a sentence for people, which --quiet leaves out, or its JSON.
  void done(const std::string& sentence, const object::Object& result);
  /// Text as it is, whatever the format.
  void text(const std::string& text);
  /// Sends on what was printed so far: for commands that go on for long.
  void flush();
  /// A remark for people, on `err`; --quiet leaves it out.
  void remark(const std::string& sentence);

  OutputFormat format() const { return format_; }

 private:
  Streams streams_;
  OutputFormat format_;
  bool is_quiet_;
};

/// A value as one cell of a table or of CSV: a text is itself, a pointer its id, everything else JSON.
std::string cell(const object::Value* value);

}  // namespace parse::ctl
