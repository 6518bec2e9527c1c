/// Namespace of this room's version.
enum HeardTuningRoom {}
