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

interface ArnForm {
  readonly service: string;
  /** Of whatever follows the account, as a regular expression. */
  readonly resource: string;
  /** Of the same, in an example. */
  readonly example: string;
  /** @default - a region's name */
  readonly isGlobal?: boolean;
}

const FORMS = {
  gateway: { service: "bedrock-agentcore", resource: "gateway/[\\w-]+", example: "gateway/tools-a1b2c3d4e5" },
  "policy engine": {
    service: "bedrock-agentcore",
    resource: "policy-engine/[\\w-]+",
    example: "policy-engine/rules-a1b2c3d4e5",
  },
  runtime: { service: "bedrock-agentcore", resource: "runtime/[\\w-]+", example: "runtime/tools-a1b2c3d4e5" },
  "OAuth2 credential provider": {
    service: "bedrock-agentcore",
    resource: "token-vault/[\\w.-]+/oauth2credentialprovider/[\\w-]+",
    example: "token-vault/default/oauth2credentialprovider/tools",
  },
  "API key credential provider": {
    service: "bedrock-agentcore",
    resource: "token-vault/[\\w.-]+/apikeycredentialprovider/[\\w-]+",
    example: "token-vault/default/apikeycredentialprovider/weather",
  },
  secret: { service: "secretsmanager", resource: "secret:\\S+", example: "secret:tools-AbCdEf" },
  "KMS key": { service: "kms", resource: "key/[\\w-]+", example: "key/1234abcd-12ab-34cd-56ef-1234567890ab" },
  "image repository": { service: "ecr", resource: "repository/\\S+", example: "repository/tools" },
  "Lambda function": { service: "lambda", resource: "function:[\\w-]+(:[\\w$-]+)?", example: "function:orders" },
  certificate: { service: "acm", resource: "certificate/[\\w-]+", example: "certificate/1234abcd-12ab-34cd" },
  "permissions boundary": { service: "iam", resource: "policy/\\S+", example: "policy/boundary", isGlobal: true },
} as const satisfies Readonly<Record<string, ArnForm>>;

/** Empty for an ARN of that kind, for one that only Terraform knows, and where there is none. */
export function arnProblems(what: keyof typeof FORMS, arn: string | undefined): Problem[] {
  const { service, resource, example, isGlobal = false }: ArnForm = FORMS[what];
  const region = isGlobal ? "" : "[a-z0-9-]+";
  const pattern = new RegExp(`^arn:aws[\\w-]*:${service}:${region}:(\\d{12}|aws):${resource}$`);
  const sample = `arn:aws:${service}:${isGlobal ? "" : "us-east-1"}:123456789012:${example}`;
  const isShown = arn !== undefined && !Token.isUnresolved(arn) && !arn.includes("${");
  return isShown && !pattern.test(arn) ? [invalidArn(what, arn, sample)] : [];
}
