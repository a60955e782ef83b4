import { readdir, readFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";

import { discard, sampleProgram, synthesize, synthesizeAgain } from "../support/synthesize";

const repository = resolve(__dirname, "../..");

/** Every file under the folder by its relative path, as text. */
async function filesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(
    files.sort().map(async (file) => [relative(folder, file), (await readFile(file)).toString("latin1")] as const),
  );
  return new Map(contents);
}

describe(`the synthesis of ${sampleProgram}`, () => {
  let stack: string;
  let output: ReadonlyMap<string, string>;

  beforeAll(async () => {
    stack = await synthesize(sampleProgram);
    output = await filesIn(dirname(dirname(stack)));
  });

  afterAll(() => discard(stack));

  test("gives the same bytes twice", async () => {
    const again = await synthesizeAgain(sampleProgram);
    expect(await filesIn(dirname(dirname(again)))).toEqual(output);
    await discard(again);
  });

  test("holds no path of the machine", async () => {
    const configuration = await readFile(join(stack, "cdk.tf.json"), "utf8");
    const manifest = output.get("manifest.json") ?? "";
    for (const path of [repository, homedir(), tmpdir()]) {
      expect(configuration).not.toContain(`${path}/`);
      expect(manifest).not.toContain(`${path}/`);
    }
  });

  test("finds every asset inside the output", async () => {
    const configuration = await readFile(join(stack, "cdk.tf.json"), "utf8");
    const assets = [...new Set(configuration.match(/assets\/[\w./-]+/g) ?? [])];
    expect(assets).not.toEqual([]);
    const known = [...output.keys()].map((file) => join(dirname(dirname(stack)), file));
    for (const asset of assets) expect(known.filter((file) => file.startsWith(join(stack, asset)))).not.toEqual([]);
  });
});
