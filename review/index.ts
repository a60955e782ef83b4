export { authMap } from "./auth-map";
export { jsonReport } from "./report/json";
export { mermaidReport } from "./report/mermaid";
export { sarifReport } from "./report/sarif";
export { textReport } from "./report/text";
export { hasErrors, review, type Review } from "./review";
export type { Finding } from "./rule";
export { rules } from "./rules";
