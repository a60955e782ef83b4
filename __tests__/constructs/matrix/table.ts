import { cells } from "./cells";

/** Cells that the article's table denied, at provider 6.27 and with the service as it was. */
const notYetInTheArticle: Readonly<Record<string, readonly string[]>> = {
  "API Gateway stage": ["none"],
  "MCP server": ["gateway role", "OAuth authorization code", "OAuth token exchange", "API key"],
  "OpenAPI schema": ["none", "gateway role", "OAuth token exchange"],
  "AgentCore Runtime (HTTP)": ["gateway role", "caller IAM", "OAuth client credentials", "JWT passthrough"],
};

const releases: Readonly<Record<string, string>> = {
  "caller IAM": "6.66",
  "JWT passthrough": "6.66",
  "OAuth authorization code": "6.40",
  "OAuth token exchange": "6.66",
};

function neededRelease(target: string, credential: string): string | undefined {
  if (target === "AgentCore Runtime (HTTP)") return releases[credential] ?? "6.48";
  const needsService = credential === "gateway role" && ["MCP server", "OpenAPI schema"].includes(target);
  return needsService ? "6.48" : target === "API Gateway stage" ? "6.40" : releases[credential];
}

function cellText(target: string, credential: string, allowed: boolean): string {
  if (!allowed) return "no";
  const isNew = notYetInTheArticle[target]?.includes(credential) ?? false;
  const release = neededRelease(target, credential);
  return ["yes", isNew ? "\\*" : "", release === undefined ? "" : ` (${release})`].join("");
}

/** The matrix in the README: `*` for cells that the article could not use yet, in brackets the provider they need. */
export function outboundMatrixTable(): string {
  const targets = [...new Set(cells.map(({ target }) => target))];
  const credentials = [...new Set(cells.map(({ credential }) => credential))];
  const rows = targets.map((target) => [
    target,
    ...credentials.map((credential) =>
      cellText(
        target,
        credential,
        cells.some((cell) => cell.target === target && cell.credential === credential && cell.allowed),
      ),
    ),
  ]);
  return [["target", ...credentials], ["target", ...credentials].map(() => "---"), ...rows]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}
