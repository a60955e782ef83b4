// Makes the map of a minified program small.
import { decode, encode } from "@jridgewell/sourcemap-codec";

/**
 * A map that knows lines, and of a line the column where its code begins. Names are not in it: the programs keep theirs.
 *
 * @param map - a source map of version 3
 */
export function linesOnly(map) {
  const lines = decode(map.mappings).map((segments) =>
    segments
      .filter(([, source, line], index) => source !== segments[index - 1]?.[1] || line !== segments[index - 1]?.[2])
      .map((segment) => segment.slice(0, 4)),
  );
  return { ...map, names: [], mappings: encode(lines) };
}
