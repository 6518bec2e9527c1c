// C face of the ICU calls heard uses. No ICU type appears here: ICU's headers clash with Foundation's.
#ifndef C_HEARD_ICU_H
#define C_HEARD_ICU_H
#ifdef __cplusplus
extern "C" {
#endif
/// ICU's version, as "72.1".
const char *heard_icu_version(void);
#ifdef __cplusplus
}
#endif
#endif
