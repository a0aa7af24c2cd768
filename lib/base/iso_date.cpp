#include "base/iso_date.h"

#include <array>
#include <limits>

namespace parse {
namespace {

constexpr Milliseconds kMsPerDay = 86'400'000;
/// Farthest moment of ECMAScript's Date, before and after 1970.
constexpr Milliseconds kMaxTime = 8'640'000'000'000'000;

/// A day of the proleptic Gregorian calendar; std::chrono::year ends at 32767.
struct Day {
  std::int64_t year;
  int month;
  int day;
};

// Both directions count years from March and in eras of 400 years of 146097 days each.
std::int64_t days_since_1970(const Day& date) {
  const std::int64_t year = date.month <= 2 ? date.year - 1 : date.year;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

Day day_at(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t day_of_era = days - era * 146097;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  const int month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  const int day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

bool exists(const Day& date) {
  constexpr std::array<int, 12> kDays{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > kDays[static_cast<std::size_t>(date.month) - 1])
    return false;
  const bool leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);
  return date.month != 2 || date.day < 29 || leap;
}

template <typename Number>
void write_digits(char* out, int count, Number value) {
  for (int i = count - 1; i >= 0; --i) {
    out[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

/// Reads fixed-width numbers and separators from the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  std::optional<int> number(std::size_t digits) {
    if (rest_.size() < digits) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') return std::nullopt;
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(digits);
    return value;
  }
  bool skip(char expected) {
    if (rest_.empty() || rest_.front() != expected) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// `.5` is 500 ms; digits after the third are read and dropped. nullopt when a dot has no digit behind it.
  std::optional<int> fraction() {
    if (!skip('.')) return 0;
    int value = 0;
    int scale = 100;
    std::size_t digits = 0;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      value += (rest_.front() - '0') * scale;
      scale /= 10;
      rest_.remove_prefix(1);
      ++digits;
    }
    if (digits == 0) return std::nullopt;
    return value;
  }
  bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

/// `Z`, `+hh:mm`, `-hh:mm` or nothing, in minutes east of UTC.
std::optional<int> read_zone(Scanner& scanner) {
  if (scanner.done() || scanner.skip('Z') || scanner.skip('z')) return 0;
  const int sign = scanner.skip('-') ? -1 : 1;
  if (sign == 1 && !scanner.skip('+')) return std::nullopt;
  const auto hours = scanner.number(2);
  scanner.skip(':');
  const auto minutes = scanner.number(2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return sign * (*hours * 60 + *minutes);
}

std::optional<Milliseconds> read_time_of_day(Scanner& scanner) {
  const auto hour = scanner.number(2);
  if (!hour || !scanner.skip(':')) return std::nullopt;
  const auto minute = scanner.number(2);
  if (!minute) return std::nullopt;
  int second = 0;
  int fraction = 0;
  if (scanner.skip(':')) {
    const auto whole = scanner.number(2);
    const auto part = whole ? scanner.fraction() : std::nullopt;
    if (!part) return std::nullopt;
    second = *whole;
    fraction = *part;
  }
  const bool end_of_day = *hour == 24 && *minute == 0 && second == 0 && fraction == 0;
  if ((*hour > 23 && !end_of_day) || *minute > 59 || second > 59) return std::nullopt;
  return ((*hour * 60LL + *minute) * 60 + second) * 1000 + fraction;
}

/// "2016-03-11"; years outside 0..9999 in the signed six-digit form.
std::string day_text(Milliseconds days) {
  const Day date = day_at(days);
  std::string text;
  if (date.year < 0 || date.year > 9999) {
    text = date.year < 0 ? "-000000-00-00" : "+000000-00-00";
    write_digits(text.data() + 1, 6, date.year < 0 ? -date.year : date.year);
  } else {
    text = "0000-00-00";
    write_digits(text.data(), 4, date.year);
  }
  write_digits(text.data() + text.size() - 5, 2, date.month);
  write_digits(text.data() + text.size() - 2, 2, date.day);
  return text;
}

struct DayText {
  Milliseconds days = std::numeric_limits<Milliseconds>::min();
  std::string text;
};

}  // namespace

void append_iso_date(std::string& out, Milliseconds time) {
  Milliseconds days = time / kMsPerDay;
  if (time % kMsPerDay < 0) --days;
  const auto in_day = static_cast<unsigned>(time - days * kMsPerDay);
  // Rows of one answer are mostly of one day, and calendar arithmetic is the dear part.
  thread_local DayText last;
  if (last.days != days) last = {days, day_text(days)};
  out.append(last.text);
  char rest[] = "T00:00:00.000Z";
  write_digits(rest + 1, 2, in_day / 3'600'000);
  write_digits(rest + 4, 2, in_day / 60'000 % 60);
  write_digits(rest + 7, 2, in_day / 1000 % 60);
  write_digits(rest + 10, 3, in_day % 1000);
  out.append(rest, sizeof(rest) - 1);
}

std::string to_iso_date(Milliseconds time) {
  std::string out;
  append_iso_date(out, time);
  return out;
}

namespace {

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; years of six digits have a sign.
std::optional<Day> read_day(Scanner& scanner) {
  int sign = 0;
  if (scanner.skip('+')) sign = 1;
  if (sign == 0 && scanner.skip('-')) sign = -1;
  const auto year = scanner.number(sign == 0 ? 4 : 6);
  if (!year || (sign == -1 && *year == 0)) return std::nullopt;
  Day date{sign == -1 ? -*year : *year, 1, 1};
  for (int* part : {&date.month, &date.day}) {
    if (!scanner.skip('-')) break;
    const auto number = scanner.number(2);
    if (!number) return std::nullopt;
    *part = *number;
  }
  return exists(date) ? std::optional(date) : std::nullopt;
}

}  // namespace

std::optional<Milliseconds> parse_iso_date(std::string_view text) {
  Scanner scanner(text);
  const auto date = read_day(scanner);
  if (!date) return std::nullopt;
  Milliseconds time = days_since_1970(*date) * kMsPerDay;
  if (!scanner.done()) {
    if (!scanner.skip('T') && !scanner.skip(' ')) return std::nullopt;
    const auto in_day = read_time_of_day(scanner);
    const auto zone = in_day ? read_zone(scanner) : std::nullopt;
    if (!zone || !scanner.done()) return std::nullopt;
    time += *in_day - *zone * 60'000LL;
  }
  return time >= -kMaxTime && time <= kMaxTime ? std::optional(time) : std::nullopt;
}

}  // namespace parse
