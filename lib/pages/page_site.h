#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "object/value.h"
#include "pages/page.h"

namespace parse::pages {

/// Source: options `pages` and `customPages`; parse-server PagesRouter.
struct PageSettings {
  std::string app_id;
  /// Empty: not configured, and there are no pages.
  std::string app_name;
  /// Without a slash at its end. Empty: likewise.
  std::string public_url;
  /// The segment of the URL below `public_url`.
  std::string endpoint = "apps";
  /// Folder of the app's own pages; a file that is not there is looked for among the built-in ones. Empty: none.
  std::string folder = {};
  /// Pages by locale: `<folder>/de-AT/x.html`, `<folder>/de/x.html`, `<folder>/x.html`.
  bool localize = false;
  /// `{"de":{"translation":{"title":"…"}}}`: values for placeholders by locale; empty: none.
  object::Object translations = {};
  std::string fallback_locale = "en";
  /// Values for placeholders in every page.
  object::Object placeholders = {};
  /// Redirects take the place of pages in every answer.
  bool force_redirect = false;
  /// Values in the header fields x-parse-page-param-* are percent-encoded.
  bool encode_params = false;
  /// Page ids with the URLs that are shown instead.
  std::map<std::string, std::string, std::less<>> custom_urls = {};
};

/// What pages are filled with, and what a redirect carries on: token, username, error, locale …
using PageParams = std::vector<std::pair<std::string, std::string>>;

/// A page or a redirect, before it is HTTP.
struct PageAnswer {
  int status = 200;
  std::string_view content_type = "text/html; charset=utf-8";
  std::string body = {};
  /// For a redirect.
  std::string location = {};
  /// Header fields x-parse-page-param-*, clean of control characters.
  PageParams fields = {};
};

enum class Form { kPage, kRedirect };

/// Makes the pages. Any thread; files are read for each answer, so that a change needs no restart.
class PageSite {
 public:
  explicit PageSite(PageSettings settings) : settings_(std::move(settings)) {}

  const PageSettings& settings() const { return settings_; }
  /// `page` in the language of `locale` (see templates::parse_locale; empty: none), or a redirect to it. 404 when the
  /// app's name or public URL is not configured.
  PageAnswer show(Page page, PageParams params, const std::string& locale, Form form) const;
  /// The file below the folder of pages, or a built-in page; HTML is filled with `params`. 404 when there is none.
  PageAnswer file(const std::string& name, PageParams params, const std::string& locale) const;

 private:
  struct Found {
    std::string text;
    std::string folder;
  };
  std::optional<std::string> text_of(const std::string& name) const;
  std::optional<Found> find(std::string_view file, const std::string& locale) const;
  object::Object values(const PageParams& params, const std::string& locale) const;
  object::Object translation(const std::string& locale) const;
  PageParams header_fields(const PageParams& params) const;
  PageAnswer redirect(const std::string& url, const PageParams& params) const;
  PageAnswer page(const std::string& text, const PageParams& params, const std::string& locale) const;

  const PageSettings settings_;
};

}  // namespace parse::pages
