/** Names of the build's arguments, with their values. */
type BuildArguments = Readonly<Record<string, string>>;

/**
 * The images that a Dockerfile builds on and names by a tag, which another image can have tomorrow. Docker looks at
 * them only while it builds.
 *
 * @param replaced - names of the build's further contexts, which go before images of these names
 */
export function movingBaseImages(dockerfile: string, buildArgs: BuildArguments, replaced: readonly string[]): string[] {
  const values: Record<string, string> = {};
  const known = new Set(["scratch", ...replaced]);
  const images: string[] = [];
  let isBeforeStages = true;
  for (const line of instructions(dockerfile)) {
    const argument = /^ARG\s+(\w+)(?:=(.*))?$/i.exec(line);
    if (argument && isBeforeStages) {
      const [, name = "", otherwise = ""] = argument;
      values[name] = buildArgs[name] ?? expanded(otherwise.replace(/^(["'])(.*)\1$/, "$2"), values);
    }
    const from = /^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line);
    if (from) {
      isBeforeStages = false;
      images.push(expanded(from[1] ?? "", values));
      known.add(from[2] ?? "");
    }
    const copied = /^COPY\s+(?:--(?!from=)\S+\s+)*--from=(\S+)/i.exec(line)?.[1];
    // A number is that of a stage.
    if (copied !== undefined && !/^\d+$/.test(copied)) {
      images.push(copied);
    }
  }
  return [...new Set(images)].filter((image) => !known.has(image) && !/@sha256:/.test(image)).sort();
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
function expanded(text: string, values: BuildArguments): string {
  return text.replace(
    /\$(?:(\w+)|\{(\w+)(?::-([^}]*))?\})/g,
    (_, plain: string | undefined, braced: string | undefined, otherwise: string | undefined) =>
      values[plain ?? braced ?? ""] || (otherwise ?? ""),
  );
}
