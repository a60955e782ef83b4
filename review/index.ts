// review/: rules on Terraform, and what they found.
export { authMap, rolePermissions } from "./auth-map";
export type { BaselineEntry } from "./baseline";
export { type FailurePolicy, fails } from "./failure";
export { formats } from "./report";
export type { ReportContext, Style } from "./report/format";
export { jsonText, visibleText } from "./report/visible";
export { review, type Review, type ReviewOptions } from "./review";
export type { Finding } from "./rule";
export { rules } from "./rules";
