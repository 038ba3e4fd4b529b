"""Screenshots in fewer bytes: of the many shades that smooth letters have, 256 are enough.

A flat colour stays what it is, because the most frequent shades are kept; a rare one becomes the nearest of those.
"""

import base64
import struct
import zlib

import numpy as np
from playwright.sync_api import Page

SHADES = 256
# Chromium has read the picture before: it hands over the plain shades of every pixel.
PIXELS = """async png => {
    const picture = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const drawing = canvas.getContext("2d");
    drawing.drawImage(picture, 0, 0);
    const pixels = drawing.getImageData(0, 0, picture.width, picture.height).data;
    let text = "";
    for (let at = 0; at < pixels.length; at += 32768) {
        text += String.fromCharCode(...pixels.subarray(at, at + 32768));
    }
    return [picture.width, picture.height, btoa(text)];
}"""


def smaller(page: Page, png: bytes) -> bytes:
    """The same picture with at most 256 shades. `page` lends its browser; what it shows is not touched."""
    blank = page.context.new_page()
    width, height, pixels = blank.evaluate(PIXELS, base64.b64encode(png).decode())
    blank.close()
    shades = np.frombuffer(base64.b64decode(pixels), np.uint8).reshape(-1, 4)[:, :3].astype(np.uint32)
    found, place, count = np.unique(shades @ [65536, 256, 1], return_inverse=True, return_counts=True)
    kept = found[np.argsort(-count, kind="stable")[:SHADES]]
    indexed = nearest(found, kept)[place].astype(np.uint8).reshape(height, width)
    # A filter byte of 0 before each line: flat pictures of few shades pack best as they are.
    lines = np.hstack([np.zeros((height, 1), np.uint8), indexed]).tobytes()
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    packed = zlib.compress(lines, 9)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [
            chunk(b"IHDR", header),
            chunk(b"PLTE", parts(kept).astype(np.uint8).tobytes()),
            chunk(b"IDAT", packed),
            chunk(b"IEND", b""),
        ]
    )


def nearest(found: "np.ndarray", kept: "np.ndarray") -> "np.ndarray":
    """For each shade the number of the kept one that is nearest."""
    targets = parts(kept)
    return np.array([np.abs(targets - shade).sum(axis=1).argmin() for shade in parts(found)])


def parts(shades: "np.ndarray") -> "np.ndarray":
    """Red, green and blue of each."""
    return np.stack([shades >> 16, shades >> 8 & 255, shades & 255], axis=1).astype(np.int64)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
