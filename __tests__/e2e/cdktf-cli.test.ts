import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { cdktfCliAvailable, cdktfCliVersion, cdktfSynth, installCdktfCli } from "../support/cdktf-cli";
import { describeWhen } from "../support/describe-when";
import { sampleProgram, synthesize } from "../support/synthesize";

const installation = 10 * 60_000;

describeWhen(
  cdktfCliAvailable(),
  "cdktf-cli, or the npm registry to install it from",
  `cdktf-cli@${cdktfCliVersion}`,
  () => {
    beforeAll(installCdktfCli, installation);

    it("synthesizes the same JSON as the program by itself", async () => {
      const byItself = await synthesize(sampleProgram);
      const byCli = await cdktfSynth();
      const file = join("stacks", basename(byItself), "cdk.tf.json");
      expect(await readFile(join(byCli, file), "utf8")).toBe(await readFile(join(byItself, "cdk.tf.json"), "utf8"));
    }, 60_000);
  },
);
