// Parts of dates, in UTC.
#include <fmt/format.h>

#include <array>
#include <chrono>

#include "query/expression_operators.h"

namespace parse::query {
namespace {

using object::Date;
using object::Value;

/// A moment taken apart.
struct Parts {
  explicit Parts(Date date) {
    using std::chrono::days;
    using std::chrono::milliseconds;
    using std::chrono::sys_time;
    const sys_time<milliseconds> moment{milliseconds(date.time)};
    day = std::chrono::floor<days>(moment);
    calendar = std::chrono::year_month_day(day);
    weekday = std::chrono::weekday(day);
    time = std::chrono::hh_mm_ss<milliseconds>(moment - day);
  }
  std::int64_t year() const { return static_cast<int>(calendar.year()); }
  std::int64_t month() const { return static_cast<unsigned>(calendar.month()); }
  std::int64_t day_of_month() const { return static_cast<unsigned>(calendar.day()); }
  std::int64_t day_of_year() const {
    using namespace std::chrono;  // NOLINT: the year literal parts
    return (day - sys_days(calendar.year() / January / 1)).count() + 1;
  }
  /// 1 is Sunday.
  std::int64_t day_of_week() const { return weekday.c_encoding() + 1; }
  /// 1 is Monday.
  std::int64_t iso_day_of_week() const { return weekday.iso_encoding(); }
  /// Weeks begin on Sunday; days before the first one are in week 0.
  std::int64_t week() const { return (day_of_year() + 6 - weekday.c_encoding()) / 7; }
  std::int64_t hour() const { return time.hours().count(); }
  std::int64_t minute() const { return time.minutes().count(); }
  std::int64_t second() const { return time.seconds().count(); }
  std::int64_t millisecond() const { return time.subseconds().count(); }

  std::chrono::sys_days day;
  std::chrono::year_month_day calendar;
  std::chrono::weekday weekday;
  std::chrono::hh_mm_ss<std::chrono::milliseconds> time;
};

Parts parts_of(const Value& value, const char* op) {
  const Date* date = value.get_if<Date>();
  if (date == nullptr) fail_expression(fmt::format("{} requires a date, not {}", op, value.json_type()));
  return Parts(*date);
}

template <std::int64_t (Parts::*part)() const>
Value part_of(Arguments arguments) {
  if (arguments[0].is_null()) return nullptr;
  return (parts_of(arguments[0], "a date expression").*part)();
}

std::string formatted(const Parts& parts, char specifier) {
  switch (specifier) {
    case 'Y':
      return fmt::format("{:04}", parts.year());
    case 'm':
      return fmt::format("{:02}", parts.month());
    case 'd':
      return fmt::format("{:02}", parts.day_of_month());
    case 'H':
      return fmt::format("{:02}", parts.hour());
    case 'M':
      return fmt::format("{:02}", parts.minute());
    case 'S':
      return fmt::format("{:02}", parts.second());
    case 'L':
      return fmt::format("{:03}", parts.millisecond());
    case 'j':
      return fmt::format("{:03}", parts.day_of_year());
    case 'w':
      return fmt::format("{}", parts.day_of_week());
    case 'u':
      return fmt::format("{}", parts.iso_day_of_week());
    case 'U':
      return fmt::format("{:02}", parts.week());
    case 'z':
      return "+0000";
    case 'Z':
      return "0";
    case '%':
      return "%";
    default:
      fail_expression(fmt::format("Invalid format character '%{}' in format string", specifier));
  }
}

Value date_to_string(Arguments arguments) {
  if (arguments[0].is_null()) return nullptr;
  const Parts parts = parts_of(arguments[0], "$dateToString");
  const auto* format = arguments[1].get_if<std::string>();
  if (format == nullptr) fail_expression("$dateToString requires that 'format' be a string");
  std::string text;
  for (std::size_t i = 0; i < format->size(); ++i) {
    if ((*format)[i] != '%') {
      text.push_back((*format)[i]);
    } else if (++i < format->size()) {
      text += formatted(parts, (*format)[i]);
    } else {
      fail_expression("Unmatched '%' at end of format string");
    }
  }
  return text;
}

Value to_date(Arguments arguments) {
  const Value& value = arguments[0];
  if (value.is_null() || value.is<Date>()) return value;
  if (const auto* text = value.get_if<std::string>()) {
    if (const auto time = parse_iso_date(*text)) return Date{*time};
  } else if (value.is_number() && value.number() >= -8.64e15 && value.number() <= 8.64e15) {
    return Date{static_cast<Milliseconds>(value.number())};
  }
  fail_expression("$toDate cannot convert this value to a date");
}

constexpr std::array<ExpressionOperator, 13> kOperators{{
    {"$year", 1, 1, part_of<&Parts::year>},
    {"$month", 1, 1, part_of<&Parts::month>},
    {"$dayOfMonth", 1, 1, part_of<&Parts::day_of_month>},
    {"$dayOfYear", 1, 1, part_of<&Parts::day_of_year>},
    {"$dayOfWeek", 1, 1, part_of<&Parts::day_of_week>},
    {"$isoDayOfWeek", 1, 1, part_of<&Parts::iso_day_of_week>},
    {"$week", 1, 1, part_of<&Parts::week>},
    {"$hour", 1, 1, part_of<&Parts::hour>},
    {"$minute", 1, 1, part_of<&Parts::minute>},
    {"$second", 1, 1, part_of<&Parts::second>},
    {"$millisecond", 1, 1, part_of<&Parts::millisecond>},
    {"$dateToString", 2, 2, date_to_string},
    {"$toDate", 1, 1, to_date},
}};

}  // namespace

std::span<const ExpressionOperator> date_operators() { return kOperators; }

}  // namespace parse::query
