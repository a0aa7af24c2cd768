#include "pages/page_site.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "net/url.h"
#include "templates/locale.h"
#include "templates/template.h"
#include "templates/text_file.h"

namespace parse::pages {
namespace {

using object::Object;
using object::Value;

PageAnswer not_found() { return {404, "text/plain; charset=utf-8", "Not found.", {}, {}}; }

void set(PageParams& params, std::string_view name, const std::string& value) {
  std::erase_if(params, [&](const auto& param) { return param.first == name; });
  if (!value.empty()) params.emplace_back(name, value);
}

std::string without_controls(std::string text) {
  std::erase_if(text, [](unsigned char c) { return c < ' ' || c == 0x7f; });
  return text;
}

std::string_view type_of(std::string_view file) {
  constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {".html", "text/html; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".json", "application/json; charset=utf-8"},
      {".txt", "text/plain; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".jpeg", "image/jpeg"},
      {".gif", "image/gif"},
      {".ico", "image/x-icon"},
      {".webp", "image/webp"},
      {".woff", "font/woff"},
      {".woff2", "font/woff2"},
  };
  for (const auto& [ending, type] : kTypes) {
    if (file.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

const Object* object_member(const Object& parent, std::string_view key) {
  const Value* value = parent.find(key);
  return value ? value->get_if<Object>() : nullptr;
}

}  // namespace

PageAnswer PageSite::show(Page page_wanted, PageParams params, const std::string& locale, Form form) const {
  if (settings_.app_name.empty() || settings_.public_url.empty()) return not_found();
  set(params, "appId", settings_.app_id);
  set(params, "appName", settings_.app_name);
  set(params, "publicServerUrl", settings_.public_url);
  set(params, "locale", locale);
  const auto custom = settings_.custom_urls.find(page_id(page_wanted));
  if (custom != settings_.custom_urls.end()) return redirect(custom->second, params);
  const auto found = find(page_file(page_wanted), settings_.localize ? locale : std::string());
  if (!found) return not_found();
  if (form == Form::kPage && !settings_.force_redirect) return page(found->text, params, locale);
  const std::string folder = found->folder.empty() ? std::string() : found->folder + "/";
  return redirect(fmt::format("{}/{}/{}{}", settings_.public_url, settings_.endpoint, folder, page_file(page_wanted)),
                  params);
}

PageAnswer PageSite::file(const std::string& name, PageParams params, const std::string& locale) const {
  const auto text = text_of(name);
  if (!text) return not_found();
  if (!name.ends_with(".html")) return {200, type_of(name), *text, {}, {}};
  set(params, "locale", locale);
  return page(*text, params, locale);
}

std::optional<std::string> PageSite::text_of(const std::string& name) const {
  if (!settings_.folder.empty()) {
    if (auto own = templates::read_file_below(settings_.folder, name)) return own;
  }
  const auto built_in = built_in_page(name);
  return built_in ? std::optional<std::string>(*built_in) : std::nullopt;
}

/// The app's own file in any language comes before the built-in ones.
std::optional<PageSite::Found> PageSite::find(std::string_view file, const std::string& locale) const {
  const auto folders = templates::locale_folders(locale);
  const auto name_in = [&](const std::string& folder) {
    return folder.empty() ? std::string(file) : fmt::format("{}/{}", folder, file);
  };
  for (const std::string& folder : folders) {
    if (settings_.folder.empty()) break;
    if (auto own = templates::read_file_below(settings_.folder, name_in(folder))) return Found{std::move(*own), folder};
  }
  for (const std::string& folder : folders) {
    if (const auto built_in = built_in_page(name_in(folder))) return Found{std::string(*built_in), folder};
  }
  return std::nullopt;
}

Object PageSite::translation(const std::string& locale) const {
  if (!settings_.localize) return {};
  std::vector<std::string> names = templates::locale_folders(locale);
  names.back() = settings_.fallback_locale;
  for (const std::string& name : names) {
    const Object* resource = object_member(settings_.translations, name);
    if (resource == nullptr) continue;
    const Object* texts = object_member(*resource, "translation");
    return texts ? *texts : Object();
  }
  return {};
}

/// What a page can show; parameters give way to the app's own values of the same name.
Object PageSite::values(const PageParams& params, const std::string& locale) const {
  Object values{{"pagesEndpoint", settings_.endpoint}};
  for (const auto& [name, value] : params) values.set(name, value);
  const Object of_request = values;
  for (const auto& [name, value] : settings_.placeholders) values.set(name, value);
  for (const auto& [name, value] : translation(locale)) {
    const auto* text = value.get_if<std::string>();
    // A translation has placeholders of its own.
    values.set(name, text ? Value(templates::render(*text, of_request, templates::Markup::kPlain)) : value);
  }
  return values;
}

PageAnswer PageSite::page(const std::string& text, const PageParams& params, const std::string& locale) const {
  PageAnswer answer;
  answer.body = templates::render(text, values(params, locale), templates::Markup::kHtml);
  answer.fields = header_fields(params);
  return answer;
}

PageAnswer PageSite::redirect(const std::string& url, const PageParams& params) const {
  const std::size_t hash = std::min(url.find('#'), url.size());
  const bool has_query = url.find('?') < hash;
  PageAnswer answer;
  answer.status = 303;
  answer.location = without_controls(
      fmt::format("{}{}{}{}", url.substr(0, hash), has_query ? '&' : '?', net::form_encode(params), url.substr(hash)));
  answer.fields = header_fields(params);
  return answer;
}

PageParams PageSite::header_fields(const PageParams& params) const {
  PageParams fields;
  for (const auto& [name, value] : params) {
    std::string text = settings_.encode_params ? net::percent_encode(value) : value;
    fields.emplace_back("x-parse-page-param-" + ascii_lower(name), without_controls(std::move(text)));
  }
  return fields;
}

}  // namespace parse::pages
