#ifndef C_HEARD_JSON_H
#define C_HEARD_JSON_H
#ifdef __cplusplus
extern "C" {
#endif
/// Name of the simdjson implementation in use.
const char *heard_json_engine(void);
#ifdef __cplusplus
}
#endif
#endif
