#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
/* Names that C# and .NET know, and those that the text of declarations uses. */
#define MAP(n, t, k, v) struct { __uint(type, BPF_MAP_TYPE_##t); __uint(max_entries, 16); __type(key, k); __type(value, v); } n SEC(".maps")

struct string { __u32 object, event, params, decimal, is, as, base, lock, ref, out, in, checked, internal, namespace, operator, override, readonly, sbyte, this, throw, virtual, using; };
struct object { __u32 get_type, to_string, equals, get_hash_code, memberwise_clone, finalize, reference_equals; };
struct value { __u32 value; };
struct key { __u32 key; };
struct count { __u64 count; __u64 Count; __u64 COUNT; __u64 _count; __u64 count_; __u64 __count__; };
struct system { __u32 system; };
struct microsoft { __u32 microsoft; };
struct bpf_maps { __u32 bpf_maps; };
struct unsafe { __u32 unsafe; };
struct u_int32 { __u32 a; };
struct bytes8 { __u8 b[8]; };
struct bytes16 { __u8 b[16]; __u8 c[5]; };
struct bytes256 { __u8 b[256]; };
struct be16 { __be16 be16; };
struct be32 { __be32 be32; __be16 be16; };
struct be64 { __be64 be64; };
struct lpm_key { __u32 lpm_key; };
struct bpf_text { char t[16]; };
struct bpf_map { __u32 bpf_map; };
struct bpf_map_attribute { __u32 a; };
struct bpf_map_flags { __u32 bpf_map_flags; };
struct struct_layout { __u32 struct_layout : 3; };
struct layout_kind { __u32 explicit; };
struct field_offset { __u32 field_offset; };
struct inline_array { __u16 inline_array[3]; };
struct int128 { __int128 int128; unsigned __int128 u_int128; };
struct u_int128 { unsigned __int128 value; };
struct view { __u32 view; };
struct u_int64_array4 { __u64 a[4]; __u64 b[5]; };
enum bpf_map_type2 { HASH = 1, hash_, Hash__ };
struct span { __u32 span; };
struct accumulate { __u64 accumulate; __u64 total; __u64 value; };
struct _1starts { __u32 _1; __u32 __2nd; __u32 ___; __u32 _; };
struct record { __u32 record; __u32 var; __u32 dynamic; __u32 await; __u32 field; __u32 file; __u32 required; __u32 scoped; };
struct cast { enum bpf_map_type2 bpf_map_type2; __u32 mode : 3; };
struct uses_type {
	enum bpf_map_type type; struct string s; struct object o; struct value v; struct key k; struct count c; struct system y; struct microsoft mi;
	struct bpf_maps m; struct unsafe u; struct u_int32 i; struct bytes8 b8; struct bytes16 b; struct bytes256 b256; struct be16 e16; struct be32 e; struct be64 e64;
	struct lpm_key lk; struct bpf_text t; struct bpf_map bm; struct bpf_map_attribute bma; struct bpf_map_flags bf; struct struct_layout sl; struct layout_kind ll;
	struct field_offset fo; struct inline_array ia; struct int128 i128; struct u_int128 u128; struct view w; struct u_int64_array4 l; enum bpf_map_type2 t2;
	struct span n; struct _1starts st; struct record r; struct cast ca;
};
MAP(uses, HASH, struct key, struct uses_type);
MAP(object, HASH, struct key, struct object);
MAP(open, HASH, struct key, struct value);
MAP(load, HASH, struct key, __u32);
MAP(maps, HASH, struct key, __u32);
MAP(map, HASH, struct key, __u32);
MAP(string, HASH, struct key, struct string);
MAP(System, HASH, struct key, __u32);
MAP(Names, HASH, struct key, __u32);
MAP(names, HASH, struct key, __u32);
MAP(NAMES, HASH, struct key, __u32);
MAP(bpf, HASH, struct key, __u32);
MAP(Bpf, HASH, struct key, __u32);
MAP(schema, HASH, struct key, __u32);
MAP(create, HASH, struct key, __u32);
MAP(percpu, PERCPU_HASH, struct key, struct accumulate);
/* A field that is called like another field's type, whose method is called. */
struct text { char text[16]; __u64 count; };
struct calls { __u32 text; __u32 calls; struct text other; };
MAP(calls, PERCPU_HASH, struct key, struct calls);

char LICENSE[] SEC("license") = "GPL";
