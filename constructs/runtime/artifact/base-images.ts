/** Names of the build's arguments, with their values. */
type BuildArguments = Readonly<Record<string, string>>;

const IMAGE_CONTEXT = "docker-image://";

/**
 * The images that a build is based on and names by a tag, which another image can have tomorrow. Docker looks at
 * them only while it builds.
 *
 * @param contexts - the build's further contexts, which go before images of their names, and can be images themselves
 */
export function movingBaseImages(
  dockerfile: string,
  buildArgs: BuildArguments,
  contexts: Readonly<Record<string, string>>,
): string[] {
  const given = new Map(Object.entries(buildArgs));
  const values = new Map<string, string>();
  const known = new Set(["scratch", ...Object.keys(contexts)]);
  const images: string[] = [];
  let isBeforeStages = true;
  for (const line of instructions(dockerfile)) {
    const argument = /^ARG\s+(\w+)(?:=(.*))?$/i.exec(line);
    if (argument && isBeforeStages) {
      const [, name = "", otherwise = ""] = argument;
      values.set(name, given.get(name) ?? expanded(otherwise.replace(/^(["'])(.*)\1$/, "$2"), values));
    }
    const from = /^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line);
    if (from) {
      isBeforeStages = false;
      images.push(expanded(from[1] ?? "", values));
      known.add(from[2] ?? "");
    }
    images.push(...usedBy(line));
  }
  const based = images.filter((image) => !known.has(image));
  return [...new Set([...based, ...imagesOf(contexts)])].filter((image) => !/@sha256:/.test(image)).sort();
}

/** What a line copies from or mounts, but for stages by number. */
function usedBy(line: string): string[] {
  const copied = /^COPY\s+(?:--(?!from=)\S+\s+)*--from=(\S+)/i.exec(line);
  const mounted = /^RUN\s/i.test(line) ? line.matchAll(/\s--mount=(?:\S*,)?from=([^,\s]+)/g) : [];
  return [...(copied ? [copied] : []), ...mounted]
    .map(([, image = ""]) => image)
    .filter((image) => !/^\d+$/.test(image));
}

function imagesOf(contexts: Readonly<Record<string, string>>): string[] {
  return Object.values(contexts)
    .filter((source) => source.startsWith(IMAGE_CONTEXT))
    .map((source) => source.slice(IMAGE_CONTEXT.length));
}

/** Lines without comments, and what a backslash goes on with joined. */
function instructions(dockerfile: string): string[] {
  const lines = dockerfile.split(/\r?\n/).filter((line) => !/^\s*#/.test(line));
  return lines
    .join("\n")
    .replace(/\\[ \t]*\n/g, " ")
    .split("\n")
    .map((line) => line.trim());
}

/** `$NAME`, `${NAME}` and `${NAME:-otherwise}`. */
function expanded(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(?:(\w+)|\{(\w+)(?::-([^}]*))?\})/g,
    (_, plain: string | undefined, braced: string | undefined, otherwise: string | undefined) =>
      values.get(plain ?? braced ?? "") || (otherwise ?? ""),
  );
}
