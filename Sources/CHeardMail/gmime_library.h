// GMime, and of GLib what it hands out, loaded when the first mail asks for them.
//
// They bring a dozen libraries along, a sixth of the start of `heard filter`, and most mail is read
// without them (quick.c). What is called here goes through a table, so that nothing is linked.
#pragma once

#include <gmime/gmime.h>

/// Every function of theirs that is called.
#define HEARD_GMIME_FUNCTIONS(each) \
  each(g_array_append_vals) \
  each(g_array_free) \
  each(g_array_new) \
  each(g_ascii_strcasecmp) \
  each(g_byte_array_append) \
  each(g_byte_array_free) \
  each(g_byte_array_new_take) \
  each(g_byte_array_sized_new) \
  each(g_date_time_to_unix) \
  each(g_date_time_unref) \
  each(g_free) \
  each(g_mime_content_disposition_get_disposition) \
  each(g_mime_content_type_get_mime_type) \
  each(g_mime_content_type_get_parameter) \
  each(g_mime_data_wrapper_get_encoding) \
  each(g_mime_data_wrapper_get_stream) \
  each(g_mime_encoding_flush) \
  each(g_mime_encoding_init_decode) \
  each(g_mime_encoding_outlen) \
  each(g_mime_encoding_step) \
  each(g_mime_header_get_name) \
  each(g_mime_header_get_offset) \
  each(g_mime_header_get_raw_value) \
  each(g_mime_header_list_get_count) \
  each(g_mime_header_list_get_header) \
  each(g_mime_header_list_get_header_at) \
  each(g_mime_iconv_close) \
  each(g_mime_iconv_open) \
  each(g_mime_init) \
  each(g_mime_message_get_mime_part) \
  each(g_mime_message_part_get_message) \
  each(g_mime_message_part_get_type) \
  each(g_mime_multipart_get_count) \
  each(g_mime_multipart_get_part) \
  each(g_mime_multipart_get_type) \
  each(g_mime_object_get_content_disposition) \
  each(g_mime_object_get_content_type) \
  each(g_mime_object_get_header_list) \
  each(g_mime_parser_construct_message) \
  each(g_mime_parser_new_with_stream) \
  each(g_mime_parser_options_free) \
  each(g_mime_parser_options_new) \
  each(g_mime_parser_options_set_warning_callback) \
  each(g_mime_part_get_content) \
  each(g_mime_part_get_filename) \
  each(g_mime_part_get_type) \
  each(g_mime_stream_mem_get_byte_array) \
  each(g_mime_stream_mem_get_type) \
  each(g_mime_stream_mem_new_with_byte_array) \
  each(g_mime_stream_mem_set_owner) \
  each(g_mime_utils_header_decode_date) \
  each(g_object_unref) \
  each(g_ptr_array_add) \
  each(g_ptr_array_free) \
  each(g_ptr_array_new) \
  each(g_ptr_array_new_with_free_func) \
  each(g_ptr_array_sort) \
  each(g_strndup) \
  each(g_type_check_instance_is_a) \
  each(internet_address_get_name) \
  each(internet_address_group_get_members) \
  each(internet_address_group_get_type) \
  each(internet_address_list_get_address) \
  each(internet_address_list_length) \
  each(internet_address_list_parse) \
  each(internet_address_mailbox_get_addr) \
  each(internet_address_mailbox_get_type)

/// The functions by their names, to be called after `heard_mail_start`.
struct heard_gmime {
#define HEARD_GMIME_FUNCTION(name) __typeof__(name) *name;
  HEARD_GMIME_FUNCTIONS(HEARD_GMIME_FUNCTION)
#undef HEARD_GMIME_FUNCTION
};

extern struct heard_gmime heard_gmime;

#ifndef HEARD_GMIME_NAMES_ONLY
// What newer GLib has as a macro is a function too.
#undef g_free
#undef g_strndup
#define g_array_append_vals heard_gmime.g_array_append_vals
#define g_array_free heard_gmime.g_array_free
#define g_array_new heard_gmime.g_array_new
#define g_ascii_strcasecmp heard_gmime.g_ascii_strcasecmp
#define g_byte_array_append heard_gmime.g_byte_array_append
#define g_byte_array_free heard_gmime.g_byte_array_free
#define g_byte_array_new_take heard_gmime.g_byte_array_new_take
#define g_byte_array_sized_new heard_gmime.g_byte_array_sized_new
#define g_date_time_to_unix heard_gmime.g_date_time_to_unix
#define g_date_time_unref heard_gmime.g_date_time_unref
#define g_free heard_gmime.g_free
#define g_mime_content_disposition_get_disposition heard_gmime.g_mime_content_disposition_get_disposition
#define g_mime_content_type_get_mime_type heard_gmime.g_mime_content_type_get_mime_type
#define g_mime_content_type_get_parameter heard_gmime.g_mime_content_type_get_parameter
#define g_mime_data_wrapper_get_encoding heard_gmime.g_mime_data_wrapper_get_encoding
#define g_mime_data_wrapper_get_stream heard_gmime.g_mime_data_wrapper_get_stream
#define g_mime_encoding_flush heard_gmime.g_mime_encoding_flush
#define g_mime_encoding_init_decode heard_gmime.g_mime_encoding_init_decode
#define g_mime_encoding_outlen heard_gmime.g_mime_encoding_outlen
#define g_mime_encoding_step heard_gmime.g_mime_encoding_step
#define g_mime_header_get_name heard_gmime.g_mime_header_get_name
#define g_mime_header_get_offset heard_gmime.g_mime_header_get_offset
#define g_mime_header_get_raw_value heard_gmime.g_mime_header_get_raw_value
#define g_mime_header_list_get_count heard_gmime.g_mime_header_list_get_count
#define g_mime_header_list_get_header heard_gmime.g_mime_header_list_get_header
#define g_mime_header_list_get_header_at heard_gmime.g_mime_header_list_get_header_at
#define g_mime_iconv_close heard_gmime.g_mime_iconv_close
#define g_mime_iconv_open heard_gmime.g_mime_iconv_open
#define g_mime_init heard_gmime.g_mime_init
#define g_mime_message_get_mime_part heard_gmime.g_mime_message_get_mime_part
#define g_mime_message_part_get_message heard_gmime.g_mime_message_part_get_message
#define g_mime_message_part_get_type heard_gmime.g_mime_message_part_get_type
#define g_mime_multipart_get_count heard_gmime.g_mime_multipart_get_count
#define g_mime_multipart_get_part heard_gmime.g_mime_multipart_get_part
#define g_mime_multipart_get_type heard_gmime.g_mime_multipart_get_type
#define g_mime_object_get_content_disposition heard_gmime.g_mime_object_get_content_disposition
#define g_mime_object_get_content_type heard_gmime.g_mime_object_get_content_type
#define g_mime_object_get_header_list heard_gmime.g_mime_object_get_header_list
#define g_mime_parser_construct_message heard_gmime.g_mime_parser_construct_message
#define g_mime_parser_new_with_stream heard_gmime.g_mime_parser_new_with_stream
#define g_mime_parser_options_free heard_gmime.g_mime_parser_options_free
#define g_mime_parser_options_new heard_gmime.g_mime_parser_options_new
#define g_mime_parser_options_set_warning_callback heard_gmime.g_mime_parser_options_set_warning_callback
#define g_mime_part_get_content heard_gmime.g_mime_part_get_content
#define g_mime_part_get_filename heard_gmime.g_mime_part_get_filename
#define g_mime_part_get_type heard_gmime.g_mime_part_get_type
#define g_mime_stream_mem_get_byte_array heard_gmime.g_mime_stream_mem_get_byte_array
#define g_mime_stream_mem_get_type heard_gmime.g_mime_stream_mem_get_type
#define g_mime_stream_mem_new_with_byte_array heard_gmime.g_mime_stream_mem_new_with_byte_array
#define g_mime_stream_mem_set_owner heard_gmime.g_mime_stream_mem_set_owner
#define g_mime_utils_header_decode_date heard_gmime.g_mime_utils_header_decode_date
#define g_object_unref heard_gmime.g_object_unref
#define g_ptr_array_add heard_gmime.g_ptr_array_add
#define g_ptr_array_free heard_gmime.g_ptr_array_free
#define g_ptr_array_new heard_gmime.g_ptr_array_new
#define g_ptr_array_new_with_free_func heard_gmime.g_ptr_array_new_with_free_func
#define g_ptr_array_sort heard_gmime.g_ptr_array_sort
#define g_strndup heard_gmime.g_strndup
#define g_type_check_instance_is_a heard_gmime.g_type_check_instance_is_a
#define internet_address_get_name heard_gmime.internet_address_get_name
#define internet_address_group_get_members heard_gmime.internet_address_group_get_members
#define internet_address_group_get_type heard_gmime.internet_address_group_get_type
#define internet_address_list_get_address heard_gmime.internet_address_list_get_address
#define internet_address_list_length heard_gmime.internet_address_list_length
#define internet_address_list_parse heard_gmime.internet_address_list_parse
#define internet_address_mailbox_get_addr heard_gmime.internet_address_mailbox_get_addr
#define internet_address_mailbox_get_type heard_gmime.internet_address_mailbox_get_type
#endif
