#include "http/request_parser.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <cstring>

#include "http/text.h"

namespace parse::http {
namespace {

namespace beast_http = boost::beast::http;
using boost::beast::error_code;
using boost::beast::string_view;

constexpr std::size_t kMaxFields = 1000;
/// A declared length is a claim: beyond this much, memory follows the bytes that really arrive.
constexpr std::uint64_t kMaxBodyReserve = 16 * 1024;

std::string_view to_std(string_view text) { return {text.data(), text.size()}; }

bool is_token_char(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
         (c != '\0' && std::strchr("!#$%&'*+-.^_`|~", c) != nullptr);
}

/// The number of lines of a header block, or nullopt when it holds a NUL, a bare line feed or a folded line.
std::optional<std::size_t> count_lines(std::string_view block) {
  if (block.find('\0') != std::string_view::npos) return std::nullopt;
  std::size_t lines = 0;
  for (std::size_t at = block.find('\n'); at != std::string_view::npos; at = block.find('\n', at + 1)) {
    if (at == 0 || block[at - 1] != '\r') return std::nullopt;
    if (at + 1 < block.size() && (block[at + 1] == ' ' || block[at + 1] == '\t')) return std::nullopt;
    ++lines;
  }
  return lines;
}

/// Splits "/path?query#ignored", or the same behind "http://host", into the request.
bool read_target(std::string_view target, Request& request) {
  if (!target.starts_with('/') && target != "*") {
    const std::size_t scheme = target.find("://");
    if (scheme == std::string_view::npos || scheme == 0) return false;
    target.remove_prefix(scheme + 3);
    const std::size_t path = target.find_first_of("/?#");
    target = path == std::string_view::npos ? std::string_view() : target.substr(path);
  }
  target = target.substr(0, target.find('#'));
  const std::size_t question = target.find('?');
  request.path = target.substr(0, question);
  if (request.path.empty()) request.path = "/";
  request.query = question == std::string_view::npos ? std::string_view() : target.substr(question + 1);
  return true;
}

/// Beast's parser writing straight into a Request.
class BeastParser final : public beast_http::basic_parser<true> {
 public:
  BeastParser(Request& request, const ParserLimits& limits) : request_(request) {
    header_limit(static_cast<std::uint32_t>(limits.max_header_bytes));
    body_limit(limits.max_body_bytes);
    eager(true);
  }

  bool header_done() const { return header_done_; }
  bool expects_continue() const { return expects_continue_; }
  bool http_1_1() const { return http_1_1_; }
  /// Whether `bytes`, which Beast would begin with, are a part of "0\r\n\r\n" that it must not see twice: it asserts
  /// that the last chunk comes back with at least five bytes.
  bool is_part_of_last_chunk(std::string_view bytes) const {
    return header_done_ && chunk_left_ == 0 && chunked() && bytes.size() < 5 && bytes.starts_with("0\r\n");
  }
  std::optional<RequestFault> fault;

 private:
  void refuse(RequestFault why, error_code& ec) {
    fault = why;
    ec = beast_http::error::bad_value;
  }

  void on_request_impl(beast_http::verb, string_view method, string_view target, int version, error_code& ec) override {
    http_1_1_ = version == 11;
    request_.method = http::parse_method(to_std(method));
    if ((version != 10 && version != 11) || !read_target(to_std(target), request_)) {
      refuse(RequestFault::kMalformed, ec);
    }
  }

  void on_field_impl(beast_http::field field, string_view name, string_view value, error_code& ec) override {
    if (header_done_) return;  // a trailer must not pass for a field the server acts on
    if (field == beast_http::field::host) ++hosts_;
    if (field == beast_http::field::content_length) ++lengths_;
    if (field == beast_http::field::transfer_encoding) {
      ++codings_;
      only_chunked_ = iequals(trim(to_std(value)), "chunked");
    }
    if (field == beast_http::field::expect) {
      if (!iequals(trim(to_std(value)), "100-continue")) return refuse(RequestFault::kExpectationFailed, ec);
      expects_continue_ = http_1_1_;
    }
    request_.headers.add(std::string(to_std(name)), std::string(to_std(value)));
  }

  void on_header_impl(error_code& ec) override {
    header_done_ = true;
    const bool bad_host = hosts_ > 1 || (http_1_1_ && hosts_ == 0);
    const bool bad_coding = codings_ > 0 && (!only_chunked_ || codings_ > 1 || lengths_ > 0 || !http_1_1_);
    if (bad_host || bad_coding || lengths_ > 1) refuse(RequestFault::kMalformed, ec);
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    if (length) request_.body.reserve(static_cast<std::size_t>(std::min(*length, kMaxBodyReserve)));
  }

  std::size_t on_body_impl(string_view bytes, error_code&) override {
    request_.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }

  std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, error_code&) override {
    chunk_left_ -= bytes.size();
    request_.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }

  void on_chunk_header_impl(std::uint64_t size, string_view, error_code&) override { chunk_left_ = size; }
  void on_response_impl(int, string_view, int, error_code&) override {}
  void on_finish_impl(error_code&) override {}

  Request& request_;
  unsigned hosts_ = 0;
  unsigned lengths_ = 0;
  unsigned codings_ = 0;
  std::uint64_t chunk_left_ = 0;
  bool http_1_1_ = false;
  bool only_chunked_ = false;
  bool expects_continue_ = false;
  bool header_done_ = false;
};

}  // namespace

class RequestParser::Impl {
 public:
  explicit Impl(ParserLimits limits) : limits_(limits) { reset(); }

  void reset() {
    request_ = Request{};
    parser_.emplace(request_, limits_);
    fault_.reset();
    scanned_ = 0;
    header_seen_ = false;
  }

  std::size_t feed(std::string_view bytes);
  const BeastParser& parser() const { return *parser_; }
  const std::optional<RequestFault>& fault() const { return fault_; }
  Request& request() { return request_; }

 private:
  bool admit_header(std::string_view bytes);
  void translate(const error_code& ec);

  ParserLimits limits_;
  Request request_;
  std::optional<BeastParser> parser_;  // one for each request: Beast's cannot be rewound
  std::optional<RequestFault> fault_;
  std::size_t scanned_ = 0;  // bytes already searched for the end of the header
  bool header_seen_ = false;
};

/// True once the whole header block is there and fit to be parsed. Until then Beast is not asked: it would only search
/// for the same end, and it accepts what `count_lines` refuses.
bool RequestParser::Impl::admit_header(std::string_view bytes) {
  if (bytes.empty()) return false;
  if (!is_token_char(bytes.front())) {
    fault_ = RequestFault::kMalformed;
    return false;
  }
  const std::size_t from = scanned_ < 3 ? 0 : scanned_ - 3;
  const std::size_t end = bytes.find("\r\n\r\n", from);
  scanned_ = bytes.size();
  if ((end == std::string_view::npos ? bytes.size() : end + 4) > limits_.max_header_bytes) {
    fault_ = RequestFault::kHeadersTooLarge;
    return false;
  }
  if (end == std::string_view::npos) return false;
  const std::optional<std::size_t> lines = count_lines(bytes.substr(0, end + 2));
  if (!lines) {
    fault_ = RequestFault::kMalformed;
  } else if (*lines - 1 > kMaxFields) {
    fault_ = RequestFault::kHeadersTooLarge;
  } else {
    request_.headers.reserve(*lines - 1);
    header_seen_ = true;
  }
  return header_seen_;
}

void RequestParser::Impl::translate(const error_code& ec) {
  if (!ec || ec == beast_http::error::need_more) return;
  if (parser_->fault) {
    fault_ = parser_->fault;
  } else if (ec == beast_http::error::body_limit) {
    fault_ = RequestFault::kBodyTooLarge;
  } else if (ec == beast_http::error::header_limit) {
    fault_ = RequestFault::kHeadersTooLarge;
  } else {
    fault_ = RequestFault::kMalformed;
  }
}

std::size_t RequestParser::Impl::feed(std::string_view bytes) {
  if (fault_ || parser_->is_done()) return 0;
  std::size_t used = 0;
  if (!header_seen_) {
    // Empty lines before a request line are to be ignored (RFC 9112, 2.2).
    while (scanned_ == 0 && bytes.substr(used).starts_with("\r\n")) used += 2;
    if (bytes.substr(used) == "\r" || !admit_header(bytes.substr(used))) return used;
  }
  error_code ec;
  const std::size_t before = used;
  while (!fault_ && !parser_->is_done() && used < bytes.size() && !parser_->is_part_of_last_chunk(bytes.substr(used))) {
    const std::size_t step = parser_->put(boost::asio::const_buffer(bytes.data() + used, bytes.size() - used), ec);
    used += step;
    translate(ec);
    if (step == 0 || ec) break;
  }
  // What Beast leaves unread here is a chunk header or a trailer; those have the same bound as the header.
  if (used == before && bytes.size() - used >= limits_.max_header_bytes && !fault_) fault_ = RequestFault::kMalformed;
  return used;
}

RequestParser::RequestParser(ParserLimits limits) : impl_(std::make_unique<Impl>(limits)) {}
RequestParser::~RequestParser() = default;

std::size_t RequestParser::feed(std::string_view bytes) { return impl_->feed(bytes); }
void RequestParser::reset() { impl_->reset(); }
bool RequestParser::header_done() const { return impl_->parser().header_done(); }
bool RequestParser::complete() const { return !impl_->fault() && impl_->parser().is_done(); }
std::optional<RequestFault> RequestParser::fault() const { return impl_->fault(); }
bool RequestParser::expects_continue() const { return impl_->parser().expects_continue(); }
bool RequestParser::http_1_0() const { return !impl_->parser().http_1_1(); }
bool RequestParser::keep_alive() const { return impl_->parser().keep_alive(); }
Request& RequestParser::request() { return impl_->request(); }

}  // namespace parse::http
