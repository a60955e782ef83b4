import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { postMcp, toolsCall, toolsList } from "../../support/callers";
import { cdkTerrain, installCdkTerrain } from "../../support/cdk-terrain";
import { askSigned } from "../../support/fronted-agent";
import { RecordingApi } from "../../support/recording-api";
import { describeWhen } from "../../support/skip";
import { divideProviders } from "../../support/terraform/divided-providers";
import { AppliedAccount, NEED, realProviderAvailable, type Run } from "../../support/terraform/applied-account";
import { PARCELS } from "../parcels-model";

const done = (status: number, text: string) => [status, expect.stringContaining(text) as string];
/** Those that a server of this machine stands for. */
const HOSTS = ["execute-api.us-east-1.amazonaws.com", "parcels.us-east-1.amazonaws.com", "notes.example.com"];
const SIGNED = { authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 /) as string };

/** A call of each target's tool, and the request that it comes to. */
const CALLS: readonly [tool: string, toolArguments: object, request: object][] = [
  ["pets___ListPets", { type: "dog" }, { method: "GET", url: "/prod/pets?type=dog" }],
  ["pets___RenamePet", { petId: "7" }, { method: "POST", url: "/prod/pets/7", headers: SIGNED }],
  [
    "orders___ChangeOrder",
    { orderId: "7", item: "pen", "X-Trace": "t" },
    {
      method: "PUT",
      url: "/v1/orders/7",
      body: '{"item":"pen"}',
      headers: { ...SIGNED, "x-trace": "t" },
    },
  ],
  [
    "orders-by-key___ListOrders",
    {},
    { method: "GET", url: "/v1/orders", headers: { "x-api-key": expect.stringMatching(/^\w{40}$/) as string } },
  ],
  ["parcels___GetParcel", { parcelId: "7" }, { method: "GET", url: "/parcels/7", headers: SIGNED }],
  ["notes-by-header___read_note", {}, { url: "/note", headers: { key: "hush" } }],
  ["notes-in-s3___read_note", {}, { url: "/note", headers: { key: "hush" } }],
  ["notes-by-query___read_note", {}, { url: "/note?key=hush" }],
];

const told = ({ status, output }: Run) => [status, output];

describeWhen(
  realProviderAvailable && installCdkTerrain() === undefined,
  `${NEED}; the bindings of CDK Terrain from the registry`,
  "terraform apply with AgentCore's resources as the provider 6.66 has them",
  () => {
    const api = new RecordingApi();
    let account: AppliedAccount;
    beforeAll(async () => {
      await api.start();
      const hosts = HOSTS.flatMap((host) => ["--host", `${host}=${api.origin}`]);
      const handler = [
        "--lambda",
        `interceptor=${resolve(__dirname, "../../support/servers/lambda-tools.js")}#withCallback`,
      ];
      const agent = `agent_of_signatures=${process.execPath} ${join(__dirname, "../../support/servers/http-agent.mjs")}`;
      const runtime = ["--runtime", agent];
      account = await AppliedAccount.start([...hosts, ...handler, ...runtime], join(cdkTerrain, "@cdktn/provider-aws"));
    }, 300_000);
    afterAll(() => account?.stop());

    async function callEachTarget(gateway: string): Promise<void> {
      for (const [tool, toolArguments, request] of CALLS) {
        api.seen.splice(0);
        const { body } = await postMcp(gateway, toolsCall(tool, toolArguments), {});
        expect([tool, body]).toEqual([
          tool,
          expect.objectContaining({ result: expect.objectContaining({ isError: false }) as object }),
        ]);
        expect(api.seen).toMatchObject([request]);
      }
      const { body } = await postMcp(gateway, toolsCall("function___ask", { about: "orders" }), {});
      expect(body).toMatchObject({
        result: { isError: false, content: [{ text: expect.stringContaining("orders") as string }] },
      });
    }

    test("the article and the newer arguments: apply, no change, a change, destroy", async () => {
      const folder = mkdtempSync(join(account.folder, "stack-"));
      for (const file of ["article.tf", "newer.tf", "apis.tf"]) copyFileSync(join(__dirname, file), join(folder, file));
      writeFileSync(join(folder, "model.json"), JSON.stringify(PARCELS));
      divideProviders(folder);
      const terraform = (...parameters: string[]) => account.terraform(folder, ...parameters);
      expect(told(await terraform("init"))).toEqual(done(0, "successfully initialized"));
      expect(told(await terraform("apply", "-auto-approve"))).toEqual(done(0, "Apply complete! Resources: 80 added"));
      expect(told(await terraform("plan", "-detailed-exitcode"))).toEqual(done(0, "No changes."));
      const apis = (await terraform("output", "-raw", "apis_gateway_url")).output;
      await callEachTarget(apis);
      const gateway = (await terraform("output", "-raw", "newer_gateway_url")).output;
      expect(await postMcp(gateway, toolsList)).toMatchObject({ status: 401 });

      const agents = (await terraform("output", "-raw", "agents_of_signatures_url")).output;
      expect(await askSigned(`${agents}/caller/invocations`)).toMatchObject({
        status: 200,
        body: { said: { prompt: "Hello" } },
      });
      expect(await askSigned(`${agents}/role/invocations`)).toMatchObject({ status: 403 });

      const change = ["-var", "newer_description=second"];
      expect(told(await terraform("apply", "-auto-approve", ...change))).toEqual(
        done(0, "1 added, 25 changed, 1 destroyed"),
      );
      expect(told(await terraform("plan", "-detailed-exitcode", ...change))).toEqual(done(0, "No changes."));
      const denied = "with an explicit deny in a resource-based policy";
      expect(JSON.stringify(await postMcp(apis, toolsList, {}))).toContain(denied);
      expect(told(await terraform("destroy", "-auto-approve"))).toEqual(done(0, "80 destroyed"));
    }, 300_000);
  },
);
