/// Settings that jemalloc reads before main; a build without it ignores them. An import makes and drops many values,
/// and memory that is no longer needed is given back soon. No thread is started for it: most commands last
/// milliseconds.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "dirty_decay_ms:1000,muzzy_decay_ms:0";
}
