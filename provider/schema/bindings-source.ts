import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The AWS provider's bindings that are installed here: those of CDKTF. */
export const INSTALLED_BINDINGS = dirname(require.resolve("@cdktf/provider-aws/package.json"));
const sourceMap = /\/\/# sourceMappingURL=data:application\/json;base64,(\S+)/;

/** Whether the bindings have a folder of the name. */
export const hasBinding = (bindings: string, folder: string): boolean => existsSync(join(bindings, "lib", folder));

/**
 * The generated TypeScript of one binding, as its authors compiled it. Its comments carry the flags of the AWS
 * provider's schema (`// region - computed: true, optional: true, required: false`), which the `.js` and `.d.ts` files
 * have lost; the source map embeds the whole source.
 *
 * @param bindings - the package with all of them
 * @param folder - folder of the binding, e.g. `bedrockagentcore-gateway`
 * @throws Error when the binding has no embedded source, and ENOENT when there is no such binding
 */
export function bindingSource(bindings: string, folder: string): string {
  const compiled = readFileSync(join(bindings, "lib", folder, "index.js"), "utf8");
  const encoded = sourceMap.exec(compiled)?.[1];
  if (encoded === undefined) throw new Error(`The binding ${folder} embeds no source map.`);
  const map = JSON.parse(Buffer.from(encoded, "base64").toString()) as { readonly sourcesContent?: readonly string[] };
  const source = map.sourcesContent?.[0];
  if (source === undefined) throw new Error(`The source map of the binding ${folder} embeds no source.`);
  return source;
}
