"""The process that typesets: reads what is asked from standard input, writes the PDF to standard output."""

import json
import resource
import sys

MEMORY = 2 * 1024**3
CPU_SECONDS = 60


def main() -> None:
    fonts, root = sys.argv[1:3]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    import typst  # noqa: PLC0415 - after the limits

    asked = json.load(sys.stdin)
    made = typst.compile(
        asked["source"].encode(),
        root=root,
        font_paths=[fonts],
        ignore_system_fonts=True,
        sys_inputs={"told": asked["told"]},
        pdf_standards="ua-1",
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
