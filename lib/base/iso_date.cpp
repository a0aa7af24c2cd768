#include "base/iso_date.h"

#include <array>
#include <chrono>

namespace parse {
namespace {

constexpr Milliseconds kMsPerDay = 86'400'000;

void write_digits(char* out, int count, std::int64_t value) {
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

}  // namespace

void append_iso_date(std::string& out, Milliseconds time) {
  using std::chrono::floor;
  Milliseconds days = time / kMsPerDay;
  if (time % kMsPerDay < 0) --days;
  const Milliseconds in_day = time - days * kMsPerDay;
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
  const int year = static_cast<int>(date.year());
  if (year < 0 || year > 9999) {
    std::array<char, 7> wide{};
    wide[0] = year < 0 ? '-' : '+';
    write_digits(wide.data() + 1, 6, year < 0 ? -year : year);
    out.append(wide.data(), wide.size());
  } else {
    std::array<char, 4> narrow{};
    write_digits(narrow.data(), 4, year);
    out.append(narrow.data(), narrow.size());
  }
  char rest[] = "-00-00T00:00:00.000Z";
  write_digits(rest + 1, 2, static_cast<unsigned>(date.month()));
  write_digits(rest + 4, 2, static_cast<unsigned>(date.day()));
  write_digits(rest + 7, 2, in_day / 3'600'000);
  write_digits(rest + 10, 2, in_day / 60'000 % 60);
  write_digits(rest + 13, 2, in_day / 1000 % 60);
  write_digits(rest + 16, 3, in_day % 1000);
  out.append(rest, sizeof(rest) - 1);
}

std::string to_iso_date(Milliseconds time) {
  std::string out;
  append_iso_date(out, time);
  return out;
}

std::optional<Milliseconds> parse_iso_date(std::string_view text) {
  Scanner scanner(text);
  int sign = 1;
  std::size_t year_digits = 4;
  if (scanner.skip('+')) {
    year_digits = 6;
  } else if (scanner.skip('-')) {
    year_digits = 6;
    sign = -1;
  }
  const auto year = scanner.number(year_digits);
  int month = 1;
  int day = 1;
  if (!year) return std::nullopt;
  if (scanner.skip('-')) {
    const auto read_month = scanner.number(2);
    if (!read_month) return std::nullopt;
    month = *read_month;
    if (scanner.skip('-')) {
      const auto read_day = scanner.number(2);
      if (!read_day) return std::nullopt;
      day = *read_day;
    }
  }
  const std::chrono::year_month_day date{std::chrono::year{sign * *year},
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  Milliseconds time = std::chrono::sys_days{date}.time_since_epoch().count() * kMsPerDay;
  if (!scanner.done()) {
    if (!scanner.skip('T') && !scanner.skip(' ')) return std::nullopt;
    const auto in_day = read_time_of_day(scanner);
    const auto zone = in_day ? read_zone(scanner) : std::nullopt;
    if (!zone || !scanner.done()) return std::nullopt;
    time += *in_day - *zone * 60'000LL;
  }
  return time;
}

}  // namespace parse
