// Makes the map of a minified program small.
import { decode, encode } from "@jridgewell/sourcemap-codec";

/**
 * A map that knows lines, and of a line the column where its code begins. Names are not in it: the programs keep theirs.
 *
 * @param map - a source map of version 3
 * @param isLeftOut - whether nobody looks for a source: what is made of it is on no line
 */
export function linesOnly(map, isLeftOut) {
  const sources = map.sources.filter((source) => !isLeftOut(source));
  const lines = decode(map.mappings).map((segments) =>
    segments
      .map(([column, source, line, start]) =>
        isLeftOut(map.sources[source] ?? "") ? [column] : [column, sources.indexOf(map.sources[source]), line, start],
      )
      .filter(([, source, line], index, all) => source !== all[index - 1]?.[1] || line !== all[index - 1]?.[2]),
  );
  return { ...map, sources, names: [], mappings: encode(lines) };
}
