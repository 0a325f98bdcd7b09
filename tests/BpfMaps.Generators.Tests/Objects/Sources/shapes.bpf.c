#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
/* Keys and values of every shape. */
#define MAP(n, t, k, v) struct { __uint(type, BPF_MAP_TYPE_##t); __uint(max_entries, 16); __type(key, k); __type(value, v); } n SEC(".maps")

#define VALUE(n, v) MAP(n, HASH, __u32, v); MAP(n##_cpu, PERCPU_HASH, __u32, v)
#include <stdbool.h>
struct header { __u32 version : 8, length : 24; __u32 hits; };
struct halves { __u64 a : 16, b : 48; };
struct packed_bits { __u8 a; __u32 b : 20, c : 20; __u8 d; __u64 e : 60, f : 60; } __attribute__((packed));
struct flags { bool a, b; bool c : 1, d : 1; __u8 rest : 6; };
struct wide { unsigned __int128 a : 100; __u32 b; };
struct timed { struct bpf_timer timer; __u64 n; };
struct opaque { __u64 :64; __u64 :64; };
struct opaque_odd { __u8 :3; __u16 :12; __u32 :30; };
struct holder { struct opaque o; struct opaque_odd odd[3]; __u32 n; };
struct locked { struct bpf_spin_lock lock; __u32 n; };
struct text { char comm[16]; __u8 bytes[7]; __s8 small; };
struct floats { double d; float f[3]; };
union either { __u32 word; __u8 bytes[4]; struct { __u16 low, high; }; };
struct nested { union either e; struct { __u8 a; union { __u64 b; __u32 c[2]; }; }; struct { __u32 x; } named[3]; };
struct empty_union { __u32 a; union {}; __u32 b; };
struct matrix { __u16 cells[3][4]; enum { RED = 1, BLUE = -4 } colors[2]; };
struct tail { __u64 a; __u8 b; };
struct tails { struct tail a[2]; struct tail b; __u16 c; };
struct packed { __u8 a; __u64 b; __u16 c; } __attribute__((packed));
struct pointers { void *p; const char *name; int (*function)(void); };
struct large { __u64 slots[128]; struct { __u64 a, b; } pairs[40]; };
struct many { __u64 a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19, a20, a21, a22, a23, a24, a25, a26, a27, a28, a29,
	a30, a31, a32, a33, a34, a35, a36, a37, a38, a39, a40, a41, a42, a43, a44, a45, a46, a47, a48, a49, a50, a51, a52, a53, a54, a55, a56, a57, a58, a59, a60,
	a61, a62, a63, a64, a65, a66, a67, a68, a69; };
struct twice { struct many one, two; struct many list[2]; };
VALUE(v_header, struct header);
VALUE(v_halves, struct halves);
VALUE(v_pbits, struct packed_bits);
VALUE(v_flags, struct flags);
VALUE(v_wide, struct wide);
VALUE(v_opaque, struct opaque);
VALUE(v_holder, struct holder);
MAP(v_timed, HASH, __u32, struct timed);
MAP(v_locked, HASH, __u32, struct locked);
VALUE(v_text, struct text);
VALUE(v_floats, struct floats);
VALUE(v_either, union either);
VALUE(v_nested, struct nested);
VALUE(v_matrix, struct matrix);
VALUE(v_tails, struct tails);
VALUE(v_packed, struct packed);
VALUE(v_ptrs, struct pointers);
VALUE(v_large, struct large);
VALUE(v_many, struct many);
VALUE(v_twice, struct twice);
typedef struct many many_array[3];
typedef __u64 number_array[5];
typedef char name[16];
VALUE(v_manys, many_array);
VALUE(v_nums, number_array);
VALUE(v_name, name);
VALUE(v_be, __be32);
VALUE(v_bool, bool);
VALUE(v_char, char);
VALUE(v_int128, __int128);
VALUE(v_double, double);
VALUE(v_enum, enum bpf_map_type);
VALUE(v_pointer, void *);
MAP(k_header, HASH, struct header, __u32);
MAP(k_halves, HASH, struct halves, __u32);
MAP(k_packed_bits, HASH, struct packed_bits, __u32);
MAP(k_flags, HASH, struct flags, __u32);
MAP(k_opaque, HASH, struct opaque, __u32);
MAP(k_holder, HASH, struct holder, __u32);
MAP(k_text, HASH, struct text, __u32);
MAP(k_either, HASH, union either, __u32);
MAP(k_nested, HASH, struct nested, __u32);
MAP(k_matrix, HASH, struct matrix, __u32);
MAP(k_tails, HASH, struct tails, __u32);
MAP(k_packed, HASH, struct packed, __u32);
MAP(k_numbers, HASH, number_array, __u32);
MAP(k_name, HASH, name, __u32);
MAP(k_bool, HASH, bool, __u32);
MAP(k_enum, HASH, enum bpf_map_type, __u32);
MAP(k_enum_array, ARRAY, enum bpf_map_type, __u32);

char LICENSE[] SEC("license") = "GPL";
