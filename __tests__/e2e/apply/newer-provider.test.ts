import { copyFileSync, mkdtempSync } from "node:fs";
import { join } from "node:path";

import { postMcp, toolsList } from "../../support/callers";
import { cdkTerrain, installCdkTerrain } from "../../support/cdk-terrain";
import { describeWhen } from "../../support/skip";
import { divideProviders } from "../../support/terraform/divided-providers";
import { AppliedAccount, NEED, realProviderAvailable, type Run } from "../../support/terraform/applied-account";

const done = (status: number, text: string) => [status, expect.stringContaining(text) as string];
const told = ({ status, output }: Run) => [status, output];

describeWhen(
  realProviderAvailable && installCdkTerrain() === undefined,
  `${NEED}; the bindings of CDK Terrain from the registry`,
  "terraform apply with AgentCore's resources as the provider 6.66 has them",
  () => {
    let account: AppliedAccount;
    beforeAll(async () => {
      account = await AppliedAccount.start([], join(cdkTerrain, "@cdktn/provider-aws"));
    }, 300_000);
    afterAll(() => account?.stop());

    test("the article and the newer arguments: apply, no change, a change, destroy", async () => {
      const folder = mkdtempSync(join(account.folder, "stack-"));
      copyFileSync(join(__dirname, "article.tf"), join(folder, "main.tf"));
      copyFileSync(join(__dirname, "newer.tf"), join(folder, "newer.tf"));
      divideProviders(folder);
      const terraform = (...parameters: string[]) => account.terraform(folder, ...parameters);
      expect(told(await terraform("init"))).toEqual(done(0, "successfully initialized"));
      expect(told(await terraform("apply", "-auto-approve"))).toEqual(done(0, "Apply complete! Resources: 32 added"));
      expect(told(await terraform("plan", "-detailed-exitcode"))).toEqual(done(0, "No changes."));
      const gateway = (await terraform("output", "-raw", "newer_gateway_url")).output;
      expect(await postMcp(gateway, toolsList)).toMatchObject({ status: 401 });

      const change = ["-var", "newer_description=second"];
      expect(told(await terraform("apply", "-auto-approve", ...change))).toEqual(
        done(0, "0 added, 3 changed, 0 destroyed"),
      );
      expect(told(await terraform("plan", "-detailed-exitcode", ...change))).toEqual(done(0, "No changes."));
      expect(told(await terraform("destroy", "-auto-approve"))).toEqual(done(0, "32 destroyed"));
    }, 300_000);
  },
);
