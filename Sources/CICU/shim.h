// Link only: ICU headers are included by CHeardICU alone (they clash with Foundation's own ICU).
