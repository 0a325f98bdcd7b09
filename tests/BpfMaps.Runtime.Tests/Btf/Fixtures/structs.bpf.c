// C structs of many shapes. All offsets and sizes that tests expect are asserted here, so they are the compiler's own.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <stddef.h>

#define AT(type, field, offset) _Static_assert(offsetof(type, field) == (offset), #field)
#define SIZE(type, size) _Static_assert(sizeof(type) == (size), #type)
#define VALUE(map, valuetype) struct { __uint(type, BPF_MAP_TYPE_ARRAY); __type(key, __u32); __type(value, valuetype); __uint(max_entries, 1); } map SEC(".maps")

struct point { __s32 x; __s32 y; };
SIZE(struct point, 8);

struct nested { __u8 tag; struct point from; struct { __u16 low; __u64 high; } range; struct point path[3]; };
AT(struct nested, from, 4);
AT(struct nested, range, 16);
AT(struct nested, range.high, 24);
AT(struct nested, path, 32);
SIZE(struct nested, 56);
VALUE(nested, struct nested);

struct anonymous { __u16 family; union { __u32 v4; __u8 v6[16]; }; struct { __u16 port; __u16 zone; }; union { __u64 bits; double real; } number; };
AT(struct anonymous, v4, 4);
AT(struct anonymous, v6, 4);
AT(struct anonymous, port, 20);
AT(struct anonymous, zone, 22);
AT(struct anonymous, number, 24);
SIZE(struct anonymous, 32);
VALUE(anonymous, struct anonymous);

struct bits { __u32 version : 4; __u32 length : 12; __s32 balance : 16; __u8 flag : 1; __u8 : 3; __u8 mode : 4; __u64 wide : 40; };
SIZE(struct bits, 16);
VALUE(bits, struct bits);

struct __attribute__((packed)) packed { __u8 kind; __u64 address; __u16 port; };
AT(struct packed, address, 1);
AT(struct packed, port, 9);
SIZE(struct packed, 11);
VALUE(packed, struct packed);

struct aligned { __u32 first __attribute__((aligned(16))); __u32 second __attribute__((aligned(16))); } __attribute__((aligned(16)));
AT(struct aligned, second, 16);
SIZE(struct aligned, 32);
VALUE(aligned, struct aligned);

enum color { RED, GREEN = 5, BLUE };
enum temperature { COLD = -40, HOT = 60 };
enum __attribute__((packed)) small { SMALL_A, SMALL_B = 200 };
enum __attribute__((packed)) middle { MIDDLE_A, MIDDLE_B = 60000 };
struct enums { enum color color; enum temperature temperature; enum small small; enum middle middle; };
AT(struct enums, temperature, 4);
AT(struct enums, small, 8);
AT(struct enums, middle, 10);
SIZE(struct enums, 12);
VALUE(enums, struct enums);

struct matrix { __u16 cells[3][4][2]; char names[2][16]; struct point grid[2][2]; };
AT(struct matrix, names, 48);
AT(struct matrix, grid, 80);
SIZE(struct matrix, 112);
VALUE(matrix, struct matrix);

typedef __u64 nanoseconds;
typedef nanoseconds moment;
typedef const volatile moment frozen_moment;
typedef struct { moment begin; frozen_moment end; __be32 address; char comm[16]; signed char delta; unsigned char raw; _Bool yes; void *where; __int128 huge; float real; } span_t;
AT(span_t, end, 8);
AT(span_t, address, 16);
AT(span_t, comm, 20);
AT(span_t, delta, 36);
AT(span_t, raw, 37);
AT(span_t, yes, 38);
AT(span_t, where, 40);
AT(span_t, huge, 48);
AT(span_t, real, 64);
SIZE(span_t, 80);
VALUE(typedefs, span_t);

struct event { __u32 length; __u8 data[]; };
SIZE(struct event, 4);
VALUE(flexible, struct event);

struct forward;
struct pointers { struct forward *next; int (*callback)(void *); };
SIZE(struct pointers, 16);
VALUE(pointers, struct pointers);

struct locked { struct bpf_spin_lock lock; __u64 count; };
AT(struct locked, count, 8);
VALUE(locked, struct locked);

typedef char name_t[16];
VALUE(text, name_t);
VALUE(numbers, __u32[8]);
VALUE(number, __u64);

char LICENSE[] SEC("license") = "GPL";
