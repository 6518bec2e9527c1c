// model.bin sha256 67c4d159bf487714d4d735d28b0bba82b02e8347c86248bb29281c94f51ea367
// The model's bytes as read-only data of the executable: nothing to find, open or copy at start.
    .section .rodata
    .balign 64
    .global heard_language_model_start
heard_language_model_start:
    .incbin "model.bin"
    .global heard_language_model_end
heard_language_model_end:
    .byte 0
    .section .note.GNU-stack, "", @progbits
