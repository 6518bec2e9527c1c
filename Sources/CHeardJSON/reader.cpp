#include "CHeardJSON.h"

#include <simdjson.h>

#include <new>
#include <string>
#include <string_view>
#include <vector>

using namespace simdjson;

static_assert(HEARD_JSON_PADDING >= SIMDJSON_PADDING, "lines are padded too little");

struct heard_json_parser {
  ondemand::parser parser;
  // Of heard_json_fields: the scalars, and their paths one after the other.
  std::vector<heard_json_field> fields;
  std::vector<std::size_t> starts;
  std::string paths;
};

extern "C" heard_json_parser *heard_json_open(void) {
  return new (std::nothrow) heard_json_parser;
}

extern "C" void heard_json_close(heard_json_parser *parser) { delete parser; }

static heard_json_status failed(error_code error, heard_json_record *record) {
  record->detail = error_message(error);
  switch (error) {
    case UTF8_ERROR:
    case STRING_ERROR:
      return HEARD_JSON_UTF8;
    case MEMALLOC:
    case CAPACITY:
      return HEARD_JSON_MEMORY;
    default:
      return HEARD_JSON_INVALID;
  }
}

/// Opens the object that a line is; `is_object` becomes false for other JSON, which is no error.
static simdjson::error_code open_object(heard_json_parser *parser, const uint8_t *line,
                                        size_t length, ondemand::document &document,
                                        ondemand::object &object, bool &is_object) {
  auto error = parser->parser.iterate(reinterpret_cast<const char *>(line), length,
                                      length + SIMDJSON_PADDING)
                   .get(document);
  if (error) return error;
  ondemand::json_type type;
  error = document.type().get(type);
  if (error) return error;
  is_object = type == ondemand::json_type::object;
  return is_object ? document.get_object().get(object) : error;
}

extern "C" heard_json_status heard_json_read(heard_json_parser *parser, const uint8_t *line,
                                             size_t length, const char *text_key,
                                             size_t text_key_length, const char *id_key,
                                             size_t id_key_length, heard_json_record *record) {
  *record = heard_json_record{};
  const std::string_view text_name(text_key, text_key_length);
  const std::string_view id_name(id_key, id_key_length);
  ondemand::document document;
  ondemand::object object;
  bool is_object = true;
  auto error = open_object(parser, line, length, document, object, is_object);
  if (!is_object) return HEARD_JSON_NOT_OBJECT;
  if (error) return failed(error, record);

  bool text_seen = false;
  heard_json_status wrong = HEARD_JSON_OK;
  for (auto item : object) {
    ondemand::field field;
    error = std::move(item).get(field);
    if (error) return failed(error, record);
    std::string_view name;
    error = field.unescaped_key().get(name);
    if (error) return failed(error, record);
    ondemand::value value = field.value();
    if (name == text_name) {
      ondemand::json_type kind;
      error = value.type().get(kind);
      if (error) return failed(error, record);
      if (kind != ondemand::json_type::string) {
        wrong = HEARD_JSON_TEXT_TYPE;
        continue;
      }
      std::string_view text;
      error = value.get_string().get(text);
      if (error) return failed(error, record);
      record->text = reinterpret_cast<const uint8_t *>(text.data());
      record->text_length = text.size();
      text_seen = true;
    } else if (name == id_name) {
      ondemand::json_type kind;
      error = value.type().get(kind);
      if (error) return failed(error, record);
      if (kind == ondemand::json_type::null) continue;
      if (kind != ondemand::json_type::string && kind != ondemand::json_type::number) {
        wrong = HEARD_JSON_ID_TYPE;
        continue;
      }
      std::string_view raw = value.raw_json_token();
      // The token runs up to the next structural character: cut the white space behind it.
      while (!raw.empty() && (raw.back() == ' ' || raw.back() == '\t' || raw.back() == '\r' ||
                              raw.back() == '\n'))
        raw.remove_suffix(1);
      // The id is copied into the output as it stands, so it must be sound JSON itself.
      if (kind == ondemand::json_type::string) {
        std::string_view unescaped;
        error = value.get_string().get(unescaped);
      } else {
        ondemand::number number;
        error = value.get_number().get(number);
      }
      if (error) return failed(error, record);
      record->id = reinterpret_cast<const uint8_t *>(raw.data());
      record->id_length = raw.size();
    }
  }
  const char *rest;
  if (!document.current_location().get(rest)) {
    record->detail = "there is more after the object";
    return HEARD_JSON_INVALID;
  }
  if (wrong != HEARD_JSON_OK) return wrong;
  return text_seen ? HEARD_JSON_OK : HEARD_JSON_NO_TEXT;
}

namespace {

constexpr int deepest = 8;

/// Looks for paths.
struct Selection {
  heard_json_found *found;
  std::size_t count;
  /// What is left of each path at the present depth; empty for one that does not lead here.
  std::string_view rest[32];

  error_code take(ondemand::value value, heard_json_found &one) {
    one = heard_json_found{};
    ondemand::json_type type;
    if (auto error = value.type().get(type)) return error;
    if (type == ondemand::json_type::null) {
      bool is_null;
      return value.is_null().get(is_null);
    }
    if (type != ondemand::json_type::string && type != ondemand::json_type::number) {
      one.kind = HEARD_JSON_OTHER;
      return SUCCESS;
    }
    std::string_view raw = value.raw_json_token();
    while (!raw.empty() && (raw.back() == ' ' || raw.back() == '\t' || raw.back() == '\r' ||
                            raw.back() == '\n'))
      raw.remove_suffix(1);
    std::string_view text = raw;
    if (type == ondemand::json_type::string) {
      if (auto error = value.get_string().get(text)) return error;
    } else {
      ondemand::number number;
      if (auto error = value.get_number().get(number)) return error;
    }
    one.kind = type == ondemand::json_type::string ? HEARD_JSON_TEXT : HEARD_JSON_NUMERIC;
    one.text = reinterpret_cast<const uint8_t *>(text.data());
    one.text_length = text.size();
    one.raw = reinterpret_cast<const uint8_t *>(raw.data());
    one.raw_length = raw.size();
    return SUCCESS;
  }

  error_code walk(ondemand::object object, int depth) {
    std::string_view here[32];
    for (std::size_t index = 0; index < count; ++index) here[index] = rest[index];
    for (auto item : object) {
      ondemand::field field;
      if (auto error = std::move(item).get(field)) return error;
      std::string_view name;
      if (auto error = field.unescaped_key().get(name)) return error;
      heard_json_found *wanted = nullptr;
      bool leads = false;
      for (std::size_t index = 0; index < count; ++index) {
        const std::string_view path = here[index];
        rest[index] = {};
        if (path.empty()) continue;
        if (path == name) {
          // Two fields of one name: both get what is found, by a copy at the end.
          if (wanted) {
            twins[index] = static_cast<int>(wanted - found);
          } else {
            wanted = &found[index];
          }
        } else if (path.size() > name.size() + 1 && path.substr(0, name.size()) == name &&
                   path[name.size()] == '.') {
          rest[index] = path.substr(name.size() + 1);
          leads = true;
        }
      }
      if (!wanted && !leads) continue;
      ondemand::value value = field.value();
      if (leads && depth < deepest) {
        ondemand::json_type type;
        if (auto error = value.type().get(type)) return error;
        if (type == ondemand::json_type::object) {
          if (wanted) *wanted = heard_json_found{HEARD_JSON_OTHER, nullptr, 0, nullptr, 0};
          ondemand::object inner;
          if (auto error = value.get_object().get(inner)) return error;
          if (auto error = walk(inner, depth + 1)) return error;
          continue;
        }
      }
      if (wanted) {
        if (auto error = take(value, *wanted)) return error;
      }
    }
    return SUCCESS;
  }

  int twins[32];
};

/// Walks a value and notes its scalars.
struct Flattening {
  heard_json_parser &parser;
  std::string path;

  void note(heard_json_kind kind, std::string_view value, double number) {
    heard_json_field field{};
    field.path_length = path.size();
    field.kind = kind;
    if (kind == HEARD_JSON_STRING) {
      field.value = reinterpret_cast<const uint8_t *>(value.data());
      field.length = value.size();
    }
    field.number = number;
    parser.starts.push_back(parser.paths.size());
    parser.paths += path;
    parser.fields.push_back(field);
  }

  error_code walk(ondemand::value value, int depth) {
    ondemand::json_type type;
    if (auto error = value.type().get(type)) return error;
    switch (type) {
      case ondemand::json_type::object: {
        if (depth >= deepest) return SUCCESS;
        ondemand::object object;
        if (auto error = value.get_object().get(object)) return error;
        return walk(object, depth + 1);
      }
      case ondemand::json_type::array: {
        if (depth >= deepest) return SUCCESS;
        ondemand::array array;
        if (auto error = value.get_array().get(array)) return error;
        for (auto item : array) {
          ondemand::value element;
          if (auto error = std::move(item).get(element)) return error;
          if (auto error = walk(element, depth + 1)) return error;
        }
        return SUCCESS;
      }
      case ondemand::json_type::string: {
        std::string_view text;
        if (auto error = value.get_string().get(text)) return error;
        note(HEARD_JSON_STRING, text, 0);
        return SUCCESS;
      }
      case ondemand::json_type::number: {
        double number;
        if (auto error = value.get_double().get(number)) return error;
        note(HEARD_JSON_NUMBER, {}, number);
        return SUCCESS;
      }
      case ondemand::json_type::boolean: {
        bool truth;
        if (auto error = value.get_bool().get(truth)) return error;
        note(truth ? HEARD_JSON_TRUE : HEARD_JSON_FALSE, {}, truth ? 1 : 0);
        return SUCCESS;
      }
      default: {
        bool is_null;
        if (auto error = value.is_null().get(is_null)) return error;
        note(HEARD_JSON_NULL, {}, 0);
        return SUCCESS;
      }
    }
  }

  error_code walk(ondemand::object object, int depth) {
    const std::size_t before = path.size();
    for (auto item : object) {
      ondemand::field field;
      if (auto error = std::move(item).get(field)) return error;
      std::string_view name;
      if (auto error = field.unescaped_key().get(name)) return error;
      if (before) path += '.';
      path += name;
      if (auto error = walk(field.value(), depth)) return error;
      path.resize(before);
    }
    return SUCCESS;
  }
};

}  // namespace

extern "C" heard_json_status heard_json_fields(heard_json_parser *parser, const uint8_t *line,
                                               size_t length, const heard_json_field **fields,
                                               size_t *count, const char **detail) {
  *fields = nullptr;
  *count = 0;
  *detail = nullptr;
  parser->fields.clear();
  parser->starts.clear();
  parser->paths.clear();
  heard_json_record record{};
  ondemand::document document;
  ondemand::object object;
  bool is_object = true;
  auto error = open_object(parser, line, length, document, object, is_object);
  if (!is_object) return HEARD_JSON_NOT_OBJECT;
  if (!error) error = Flattening{*parser, {}}.walk(object, 0);
  if (error) {
    const auto status = failed(error, &record);
    *detail = record.detail;
    return status;
  }
  const char *rest;
  if (!document.current_location().get(rest)) {
    *detail = "there is more after the object";
    return HEARD_JSON_INVALID;
  }
  // The paths have stopped moving.
  for (std::size_t index = 0; index < parser->fields.size(); ++index) {
    parser->fields[index].path =
        reinterpret_cast<const uint8_t *>(parser->paths.data()) + parser->starts[index];
  }
  *fields = parser->fields.data();
  *count = parser->fields.size();
  return HEARD_JSON_OK;
}

extern "C" heard_json_status heard_json_select(heard_json_parser *parser, const uint8_t *line,
                                               size_t length, const heard_json_path *paths,
                                               size_t count, heard_json_found *found,
                                               const char **detail) {
  *detail = nullptr;
  if (count > 32) return HEARD_JSON_MEMORY;
  Selection selection{found, count, {}, {}};
  for (std::size_t index = 0; index < count; ++index) {
    found[index] = heard_json_found{};
    selection.rest[index] = {paths[index].name, paths[index].length};
    selection.twins[index] = -1;
  }
  ondemand::document document;
  ondemand::object object;
  bool is_object = true;
  auto error = open_object(parser, line, length, document, object, is_object);
  if (!is_object) return HEARD_JSON_NOT_OBJECT;
  if (!error) error = selection.walk(object, 0);
  for (std::size_t index = 0; index < count; ++index) {
    if (selection.twins[index] >= 0) found[index] = found[selection.twins[index]];
  }
  if (error) {
    heard_json_record record{};
    const auto status = failed(error, &record);
    *detail = record.detail;
    return status;
  }
  const char *rest;
  if (!document.current_location().get(rest)) {
    *detail = "there is more after the object";
    return HEARD_JSON_INVALID;
  }
  return HEARD_JSON_OK;
}
