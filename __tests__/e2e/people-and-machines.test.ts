import type { Emulator } from "../../emulator";
import { emulate, outputOf } from "../support/article-stack";
import { bearer, cognito, postMcp, toolsCall } from "../support/callers";
import { synthesize } from "../support/synthesize";

describe("a gateway for people by code and for two machines", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await emulate(await synthesize("examples/people-and-machines/main.ts"));
  });

  async function askForToken(machine: "ci" | "nightly", scope?: string) {
    const ClientId = outputOf(emulator, `${machine}_client_id`);
    const UserPoolId = outputOf(emulator, "inbound_user_pool_id");
    const { body } = await cognito(emulator, "DescribeUserPoolClient", { UserPoolId, ClientId });
    const { ClientSecret } = (body as { UserPoolClient: { ClientSecret: string } }).UserPoolClient;
    const endpoint = outputOf(emulator, "token_endpoint").replace(/^https:\/\//, `${emulator.url}/`);
    const response = await fetch(endpoint, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`${ClientId}:${ClientSecret}`).toString("base64")}` },
      body: new URLSearchParams({ grant_type: "client_credentials", ...(scope !== undefined && { scope }) }),
    });
    const { access_token: token = "", expires_in: seconds } = (await response.json()) as {
      access_token?: string;
      expires_in?: number;
    };
    return { status: response.status, token, seconds };
  }

  test.each([
    ["ci", 3600],
    ["nightly", 900],
  ] as const)("lets %s in with a token of its own, for %d seconds", async (machine, seconds) => {
    const answer = await askForToken(machine);
    expect(answer).toMatchObject({ status: 200, seconds });
    const call = toolsCall("tools___add_numbers", { a: 5, b: 3 });
    const { body } = await postMcp(outputOf(emulator, "gateway_url"), call, bearer(answer.token));
    expect(body).toMatchObject({ result: { structuredContent: { result: 8 } } });
  });

  test("gives a machine no scope that it was not made for", async () => {
    expect((await askForToken("nightly", "mcp-gateway/tools.write")).status).toBe(400);
    expect((await askForToken("ci", "mcp-gateway/tools.write")).status).toBe(200);
  });
});
