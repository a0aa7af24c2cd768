// What bcrypt alone costs, with which logins are compared.
//   bench_password [threads…]      (1)
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "crypto/password.h"

namespace {

constexpr int kCost = 10;
constexpr std::chrono::seconds kLength{3};

// Compares one password until the time is over; gives how often.
int compare_for_a_while(const std::string& hash) {
  const auto end = std::chrono::steady_clock::now() + kLength;
  int count = 0;
  while (std::chrono::steady_clock::now() < end) {
    if (!parse::crypto::bcrypt_matches("correct horse", hash)) std::abort();
    ++count;
  }
  return count;
}

void measure(int threads, const std::string& hash) {
  std::vector<int> counts(static_cast<std::size_t>(threads));
  std::vector<std::thread> running;
  for (int& count : counts) running.emplace_back([&count, &hash] { count = compare_for_a_while(hash); });
  for (std::thread& thread : running) thread.join();
  int total = 0;
  for (const int count : counts) total += count;
  const double rate = total / std::chrono::duration<double>(kLength).count();
  std::printf("bcrypt, %d threads        %12.0f %8.2f ms each\n", threads, rate, 1000.0 * threads / rate);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string hash = parse::crypto::bcrypt_hash("correct horse", kCost);
  if (argc < 2) measure(1, hash);
  for (int at = 1; at < argc; ++at) measure(std::atoi(argv[at]), hash);
}
