import type { CredentialKind, TargetKind } from "../../../constructs";

/** The matrix as AWS publishes it, written down here on its own: `[target][credential]`. */
const published = `
                         | none | gateway role | caller IAM | OAuth client credentials | OAuth authorization code | OAuth token exchange | JWT passthrough | API key
API Gateway stage        | yes  | yes          | no         | no                       | no                       | no                   | no              | yes
Lambda function          | no   | yes          | no         | no                       | no                       | no                   | no              | no
MCP server               | yes  | yes          | no         | yes                      | yes                      | yes                  | no              | yes
OpenAPI schema           | yes  | yes          | no         | yes                      | yes                      | yes                  | no              | yes
Smithy model             | no   | yes          | no         | yes                      | no                       | no                   | no              | no
AgentCore Runtime (HTTP) | no   | yes          | yes        | yes                      | no                       | no                   | yes             | no
`;

export interface Cell {
  readonly target: TargetKind;
  readonly credential: CredentialKind;
  readonly allowed: boolean;
}

const [head = [], ...rows] = published
  .trim()
  .split("\n")
  .map((line) => line.split("|").map((column) => column.trim()));

/** Every cell, row by row. */
export const cells: readonly Cell[] = rows.flatMap(([target, ...values]) =>
  values.map((value, index) => ({
    target: target as TargetKind,
    credential: head[index + (head.length - values.length)] as CredentialKind,
    allowed: value === "yes",
  })),
);
