import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { cdktfCliAvailable, cdktfCliVersion, cdktfSynth, installCdktfCli } from "../support/cdktf-cli";
import { describeWhen } from "../support/skip";
import { discard, sampleProgram, synthesize } from "../support/synthesize";
import { temporaryFolder } from "../support/temporary-folder";

const need = "cdktf-cli, or the npm registry to install it from, and Node.js 20 or 22";

describeWhen(cdktfCliAvailable(), need, `cdktf-cli@${cdktfCliVersion}`, () => {
  let byItself: string;
  let byCli: string;

  beforeAll(async () => {
    await installCdktfCli();
    byItself = await synthesize(sampleProgram);
    byCli = temporaryFolder();
  }, 10 * 60_000);

  afterAll(async () => {
    await discard(byItself);
  });

  test("synthesizes the same JSON as the program by itself", async () => {
    await cdktfSynth(byCli);
    const file = join(byCli, "stacks", basename(byItself), "cdk.tf.json");
    expect(await readFile(file, "utf8")).toBe(await readFile(join(byItself, "cdk.tf.json"), "utf8"));
  }, 60_000);
});
