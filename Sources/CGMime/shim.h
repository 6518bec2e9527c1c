// Link only: the library's own headers are included by our C shim alone.
