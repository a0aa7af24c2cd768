/// Settings that jemalloc reads before main; a build without it ignores them. A thread of its own gives memory back
/// soon after the load is over.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "background_thread:true,dirty_decay_ms:3000,muzzy_decay_ms:0";
}
