// Packs: compressed streams that stand in the page as base64, in blocks of their own.

function bytesOf(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

async function inflated(element) {
  const bytes = bytesOf(element.textContent.trim());
  element.remove();
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** A stream that comes in block by block: `bytes` is as long as all of it, `loaded` says how much of it is there. */
class Stream {
  constructor(size) {
    this.bytes = new Uint8Array(size);
    this.loaded = 0;
  }
  add(block) {
    this.bytes.set(block, this.loaded);
    this.loaded += block.length;
  }
}

/** Reads the packs of this page. The last one says what the others are. */
export async function opened() {
  const elements = [...document.querySelectorAll('script[type="application/x-pack"]')];
  const about = JSON.parse(new TextDecoder().decode(await inflated(elements.pop())));
  const streams = {};
  for (const [name, size] of about.packs ?? []) streams[name] = new Stream((streams[name]?.bytes.length ?? 0) + size);
  const blocks = (about.packs ?? []).map(([name], at) => ({ name, element: elements[at] }));
  return { about, streams, blocks };
}

/** Fills the streams of these names, in order; calls `each` after every block. */
export async function filled(page, names, each = () => {}) {
  for (const block of page.blocks) {
    if (!names.includes(block.name) || !block.element) continue;
    const element = block.element;
    block.element = null;
    page.streams[block.name].add(await inflated(element));
    if (each() === false) return;
  }
}
