// A library with a static probe, as <sys/sdt.h> defines it, and a function to attach to.
__asm__(".section .stapsdt.base,\"aG\",\"progbits\",.stapsdt.base,comdat\n"
	".weak _.stapsdt.base\n.hidden _.stapsdt.base\n_.stapsdt.base: .space 1\n.size _.stapsdt.base, 1\n.previous");

void work(int number)
{
	__asm__ volatile("990: nop\n"
		".pushsection .note.stapsdt,\"\",\"note\"\n"
		".balign 4\n"
		".4byte 992f-991f, 994f-993f, 3\n"
		"991: .asciz \"stapsdt\"\n"
		"992: .balign 4\n"
		"993: .8byte 990b, _.stapsdt.base, 0\n"
		".asciz \"acme\"\n.asciz \"work\"\n.asciz \"-4@%%edi\"\n"
		"994: .balign 4\n"
		".popsection" :: "D"(number));
}
