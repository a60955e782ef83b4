import { writeFileSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { DeploymentError, type Emulator } from "../../emulator";
import { review, rules } from "../../review";
import { inventoryOf, parseDocument, TopologyError } from "../../topology";
import { emulate, outputOf } from "../support/article-stack";
import { bearer, postMcp, signIn, toolsCall, toolsList } from "../support/callers";
import { agentUrl, ask, askSigned, httpAgent } from "../support/fronted-agent";
import { RecordingApi } from "../support/recording-api";
import { together } from "./changes";
import { block, cleanStack, GATEWAY, type Stack, TARGET } from "./clean-stack";
import { allowApi, callApi, frontAgent, type Mistake, mistakes, signedByCallers } from "./mistakes";
import { NOT_EMULATED } from "./not-emulated";
import { temporaryFolder } from "../support/temporary-folder";

const errors = new Set(rules.filter(({ severity }) => severity === "error").map(({ id }) => id));
const run = mistakes.filter(({ rule, title }) => errors.has(rule) && !Object.hasOwn(NOT_EMULATED, title));

const folder = temporaryFolder();

/** Behind every stage. */
const api = new RecordingApi();
beforeAll(() => api.start());

/** Where the emulated system fails with a mistake in it; "it works" where it does not. */
async function failureWith({ bend }: Pick<Mistake, "bend">): Promise<string> {
  const stack = cleanStack();
  bend(stack);
  const path = join(mkdtempSync(join(folder, "stack-")), "main.tf.json");
  writeFileSync(path, JSON.stringify(stack));
  try {
    const server = isHttp(stack) ? { serverCommand: httpAgent() } : {};
    const hosts = { "execute-api.us-east-1.amazonaws.com": api.origin };
    const emulator = await emulate(path, { hosts, ...server });
    if (isHttp(stack)) return await agentFailure(emulator, stack);
    return await callFailure(() => signIn(emulator), outputOf(emulator, "gateway_url"));
  } catch (error) {
    if (error instanceof DeploymentError || error instanceof TopologyError) {
      return `the deployment fails at ${error.address}`;
    }
    throw error;
  }
}

function isHttp(stack: Stack): boolean {
  return block(stack, GATEWAY)["protocol_type"] === undefined;
}

async function agentFailure(emulator: Emulator, stack: Stack): Promise<string> {
  const url = agentUrl(emulator, `/${String(block(stack, TARGET)["name"])}/invocations`);
  const { status } = await (block(stack, GATEWAY)["authorizer_type"] === "AWS_IAM"
    ? askSigned(url)
    : ask(url, undefined, bearer(await signIn(emulator))));
  return status === 200 ? "it works" : `a call is answered with ${status}`;
}

async function callFailure(getToken: () => Promise<string>, url: string): Promise<string> {
  const token = await getToken().catch(() => undefined);
  if (token === undefined) return "nobody can sign in";
  const { status, body } = await postMcp(url, toolsList, bearer(token));
  const { result, error } = body as { result?: { tools?: unknown[] }; error?: { code?: number } };
  const tools = result?.tools ?? [];
  if (status === 200 && error !== undefined) return "a call is answered with an error of JSON-RPC";
  if (status !== 200 || tools.length === 0) return `a call is answered with ${status}`;
  const [{ name }] = tools as [{ name: string }];
  const called = await postMcp(url, toolsCall(name, { a: 5, b: 3 }), bearer(token));
  const answer = called.body as { result?: { isError: boolean }; error?: object };
  return answer.result?.isError === false ? "it works" : "a call of a tool fails";
}

test("the clean stack works", async () => {
  expect(await failureWith({ bend: () => undefined })).toBe("it works");
});

test.each<[string, Mistake["bend"]]>([
  ["the token of its callers", frontAgent({ jwt_passthrough: {} })],
  ["the signature of its callers", signedByCallers],
])("an agent behind a gateway works, which shows it %s, and the review finds nothing", async (_, bend) => {
  expect(await failureWith({ bend })).toBe("it works");
  const stack = cleanStack();
  bend(stack);
  const { findings } = review(inventoryOf(parseDocument("main.tf.json", Buffer.from(JSON.stringify(stack)))));
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
});

test("the stage of an API works as a target, where the gateway's role may invoke it", async () => {
  expect(await failureWith({ bend: together(callApi(), allowApi) })).toBe("it works");
  expect(api.seen.map(({ url }) => url)).toEqual(["/live/pets"]);
});

describe("what the review calls an error really fails:", () => {
  test.each(run)("$title ($rule)", async (mistake) => {
    expect(await failureWith(mistake)).toMatch(
      /^(the deployment fails at |nobody can sign in|a call is answered with (?:[45]|an error)|a call of a tool fails)/,
    );
  });
});

test("every exception is a mistake that there is", () => {
  const titles = new Set(mistakes.map(({ title }) => title));
  expect(Object.keys(NOT_EMULATED).filter((title) => !titles.has(title))).toEqual([]);
});
