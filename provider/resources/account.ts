import { createHash } from "node:crypto";

/** The AWS account that the stand-in provider pretends to manage. */
export interface Account {
  readonly id: string;
  readonly region: string;
  readonly partition: string;
  /** `default_tags` of the provider block. */
  readonly defaultTags: Readonly<Record<string, string>>;
}

export const standInAccount: Account = { id: "123456789012", region: "us-east-1", partition: "aws", defaultTags: {} };

export function arn(account: Account, service: string, resource: string, { global = false } = {}): string {
  return `arn:${account.partition}:${service}:${global ? "" : account.region}:${account.id}:${resource}`;
}

export function agentCoreArn(account: Account, resource: string): string {
  return arn(account, "bedrock-agentcore", resource);
}

export const lowerAlphanumerics = "abcdefghijklmnopqrstuvwxyz0123456789";
const alphanumerics = `ABCDEFGHIJKLMNOPQRSTUVWXYZ${lowerAlphanumerics}`;

/** An id in the service's alphabet that depends on the seed only, so that two runs give the same state. */
export function generatedId(seed: string, length: number, alphabet = alphanumerics): string {
  const digest = createHash("sha512").update(seed).digest();
  return Array.from({ length }, (_, index) => alphabet.charAt((digest[index] ?? 0) % alphabet.length)).join("");
}
