export { authMap, type Credential, type Hop, type RolePermission, rolePermissions } from "./auth-map";
export { jsonReport } from "./report/json";
export { mermaidReport } from "./report/mermaid";
export { sarifReport } from "./report/sarif";
export { type Style, textReport } from "./report/text";
export { type AcknowledgedFinding, hasErrors, review, type Review } from "./review";
export type { Finding, Rule, Severity } from "./rule";
export { rules } from "./rules";
