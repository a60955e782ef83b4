import { Fn, Token } from "cdktf";
import type { Problem } from "./errors";
import { invalidArn } from "./problems/values";

/** Parts of `arn:<partition>:<service>:<region>:<account>:<resource>` by their position. */
const POSITIONS = { partition: 1, region: 3, account: 4 } as const;

/** A part of an ARN, also where only Terraform knows the ARN. */
export function partOfArn(arn: string, part: keyof typeof POSITIONS): string {
  const position = POSITIONS[part];
  return Token.isUnresolved(arn)
    ? Token.asString(Fn.element(Fn.split(":", arn), position))
    : (arn.split(":")[position] ?? "");
}

/** Empty for an ARN of a resource of AgentCore, and for a CDKTF token. */
export function arnProblems(what: "gateway" | "runtime", arn: string): Problem[] {
  const pattern = new RegExp(`^arn:aws[\\w-]*:bedrock-agentcore:[a-z0-9-]+:\\d{12}:${what}/[\\w-]+$`);
  const example = `arn:aws:bedrock-agentcore:us-east-1:123456789012:${what}/tools-a1b2c3d4e5`;
  return Token.isUnresolved(arn) || pattern.test(arn) ? [] : [invalidArn(what, arn, example)];
}
