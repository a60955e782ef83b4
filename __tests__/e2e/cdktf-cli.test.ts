import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { cdktfCliAvailable, cdktfCliVersion, cdktfSynth, installCdktfCli } from "../support/cdktf-cli";
import { describeWhen } from "../support/skip";
import { discard, sampleProgram, synthesize } from "../support/synthesize";

const need = "cdktf-cli, or the npm registry to install it from";

describeWhen(cdktfCliAvailable(), need, `cdktf-cli@${cdktfCliVersion}`, () => {
  let byItself: string;
  let byCli: string;

  beforeAll(async () => {
    await installCdktfCli();
    byItself = await synthesize(sampleProgram);
    byCli = await mkdtemp(join(tmpdir(), "cdktf-out-"));
  }, 10 * 60_000);

  afterAll(async () => {
    await discard(byItself);
    await rm(byCli, { recursive: true });
  });

  test("synthesizes the same JSON as the program by itself", async () => {
    await cdktfSynth(byCli);
    const file = join(byCli, "stacks", basename(byItself), "cdk.tf.json");
    expect(await readFile(file, "utf8")).toBe(await readFile(join(byItself, "cdk.tf.json"), "utf8"));
  }, 60_000);
});
