#include "apps/parsectl/output.h"

#include <algorithm>
#include <ostream>

#include "base/iso_date.h"
#include "object/json.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;
using object::Value;

/// Characters, not bytes.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return text;
}

void print_table(const std::vector<std::vector<std::string>>& lines, std::ostream& out) {
  std::vector<std::size_t> widths(lines.front().size(), 0);
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], width_of(line[i]));
  }
  for (const auto& line : lines) {
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
      text += line[i];
      if (i + 1 < line.size()) text.append(widths[i] - width_of(line[i]) + 2, ' ');
    }
    while (text.ends_with(' ')) text.pop_back();
    out << text << '\n';
  }
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

void print_csv(const std::vector<std::vector<std::string>>& lines, std::ostream& out) {
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) out << (i == 0 ? "" : ",") << csv_field(line[i]);
    out << "\r\n";
  }
}

std::vector<std::vector<std::string>> cells_of(const std::vector<std::string>& columns, const Array& objects) {
  std::vector<std::vector<std::string>> lines;
  for (const Value& row : objects) {
    std::vector<std::string> line;
    for (const std::string& column : columns) line.push_back(cell(row.as<Object>().find(column)));
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string> upper_case(std::vector<std::string> names) {
  for (std::string& name : names) {
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  }
  return names;
}

}  // namespace

std::string cell(const Value* value) {
  if (value == nullptr || value->is_null()) return "";
  if (const auto* text = value->get_if<std::string>()) return *text;
  if (const auto* date = value->get_if<object::Date>()) return to_iso_date(date->time);
  if (const auto* pointer = value->get_if<object::Pointer>()) return pointer->object_id;
  return object::to_json(*value);
}

void Output::rows(const std::vector<std::string>& columns, const Array& objects) {
  if (format_ == OutputFormat::kJson) {
    streams_.out << object::to_json(objects) << '\n';
  } else if (format_ == OutputFormat::kNdjson) {
    for (const Value& row : objects) streams_.out << object::to_json(row) << '\n';
  } else {
    auto lines = cells_of(columns, objects);
    if (format_ == OutputFormat::kCsv) {
      lines.insert(lines.begin(), columns);
      return print_csv(lines, streams_.out);
    }
    for (auto& line : lines) {
      for (std::string& text : line) text = one_line(std::move(text));
    }
    lines.insert(lines.begin(), upper_case(columns));
    print_table(lines, streams_.out);
  }
}

void Output::line(const std::vector<std::string>& columns, const Object& object) {
  if (format_ == OutputFormat::kJson || format_ == OutputFormat::kNdjson) {
    streams_.out << object::to_json(object) << '\n';
    return;
  }
  std::vector<std::string> cells;
  for (const std::string& column : columns) cells.push_back(cell(object.find(column)));
  if (format_ == OutputFormat::kCsv) return print_csv({cells}, streams_.out);
  for (std::size_t i = 0; i < cells.size(); ++i) streams_.out << (i == 0 ? "" : "\t") << one_line(cells[i]);
  streams_.out << '\n';
}

void Output::object(const Object& object) {
  if (format_ == OutputFormat::kJson || format_ == OutputFormat::kNdjson) {
    streams_.out << object::to_json(object) << '\n';
    return;
  }
  std::vector<std::vector<std::string>> lines;
  for (const object::Member& member : object) {
    std::string value = cell(&member.value);
    lines.push_back({member.key, format_ == OutputFormat::kCsv ? value : one_line(std::move(value))});
  }
  if (format_ == OutputFormat::kCsv)
    print_csv(lines, streams_.out);
  else if (!lines.empty())
    print_table(lines, streams_.out);
}

void Output::done(const std::string& sentence, const Object& result) {
  if (format_ == OutputFormat::kJson || format_ == OutputFormat::kNdjson)
    object(result);
  else if (!is_quiet_)
    streams_.out << sentence << '\n';
}

void Output::text(const std::string& text) { streams_.out << text; }

void Output::flush() { streams_.out.flush(); }

void Output::remark(const std::string& sentence) {
  if (!is_quiet_) streams_.err << sentence << '\n';
}

}  // namespace parse::ctl
