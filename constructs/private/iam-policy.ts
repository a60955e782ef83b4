import { SERVICE_PRINCIPAL } from "../../aws/agentcore/endpoints";

/** One statement of an IAM policy; the property names are the policy language's. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | { readonly Service: string } | { readonly AWS: readonly string[] };
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** An expression of Terraform that somebody wrote out, such as `${var.arns["orders"]}`, with objects of one level. */
const EXPRESSION = /(?<!\$)\$\{(?:[^{}]|\{[^{}]*\})*\}/g;

/** The policy as JSON. Its values may hold CDKTF tokens and expressions, whose quotes are Terraform's and not the JSON's. */
export function policyDocument(statements: readonly PolicyStatement[]): string {
  const json = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  return json.replace(EXPRESSION, (escaped) => JSON.parse(`"${escaped}"`) as string);
}

/**
 * Lets AgentCore assume a role, and only on behalf of this account's resource: without the conditions, any account
 * could have AgentCore use the role (the confused deputy problem).
 */
export function agentCoreTrustPolicy(options: { readonly accountId: string; readonly sourceArn: string }): string {
  return policyDocument([
    {
      Effect: "Allow",
      Principal: { Service: SERVICE_PRINCIPAL },
      Action: ["sts:AssumeRole"],
      Condition: {
        StringEquals: { "aws:SourceAccount": options.accountId },
        ArnLike: { "aws:SourceArn": options.sourceArn },
      },
    },
  ]);
}
