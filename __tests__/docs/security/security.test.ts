import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  AgentRuntimeArtifact,
  McpServerBehindGateway,
  type McpServerBehindGatewayProps,
  Mfa,
  StandardThreatProtectionMode,
} from "../../../constructs";
import { serverFixture, Synthesized } from "../../constructs/support/synthesized";
import { firing, rules, securityPage, type SecurityStack } from "./rules";

const page = resolve(__dirname, "../../../docs/security.md");

function stackWith(extra: Partial<McpServerBehindGatewayProps>, image: object = {}): SecurityStack {
  const agentRuntimeArtifact = AgentRuntimeArtifact.fromAsset({ directory: serverFixture, ...image });
  const { folder } = Synthesized.from(
    (stack) =>
      new McpServerBehindGateway(stack, "mcp", {
        projectName: "tools",
        observability: {},
        agentRuntimeArtifact,
        ...extra,
      }),
  );
  return JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as SecurityStack;
}

const kmsKey = "arn:aws:kms:us-east-1:123456789012:key/11111111-1111-1111-1111-111111111111";
const userPoolProps = {
  mfa: Mfa.REQUIRED,
  deletionProtection: true,
  passwordPolicy: { minLength: 14 },
  standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
};

describe("the security rules of other tools", () => {
  const plain = stackWith({});
  const hardened = stackWith(
    {
      inboundUserPoolProps: userPoolProps,
      outboundUserPoolProps: userPoolProps,
      observability: { logRetentionInDays: 365, logKmsKeyArn: kmsKey },
    },
    { repositoryKmsKeyArn: kmsKey },
  );

  test("that are met by default fire on no stack", () => {
    expect(firing(plain, "default")).toEqual([]);
    expect(firing(hardened, "default")).toEqual([]);
  });

  test("that an option meets fire without it, and not with it", () => {
    const settable = rules.filter(({ verdict }) => verdict.kind === "settable");
    expect(firing(plain, "settable")).toEqual(settable);
    expect(firing(hardened, "settable")).toEqual([]);
  });

  test("that are not met fire, so that their reason is no excuse for nothing", () => {
    expect(firing(plain, "reason")).toEqual(rules.filter(({ verdict }) => verdict.kind === "reason"));
  });

  test("are the page of the documentation, whose table is only aligned", () => {
    const unaligned = (text: string) => text.replace(/ {2,}/g, " ").replace(/-{3,}/g, "---");
    expect(unaligned(readFileSync(page, "utf8"))).toBe(unaligned(securityPage()));
  });
});
