// review/report/: a file for each format of a report.
import { codeQualityReport } from "./code-quality";
import type { Format } from "./format";
import { jsonReport } from "./json";
import { junitReport } from "./junit";
import { markdownReport } from "./markdown";
import { mermaidReport } from "./mermaid";
import { sarifReport } from "./sarif";
import { textReport } from "./text";

/** Every format by its name on the command line. */
export const formats: Readonly<Record<string, Format>> = {
  text: textReport,
  json: jsonReport,
  sarif: sarifReport,
  junit: junitReport,
  "code-quality": codeQualityReport,
  markdown: markdownReport,
  mermaid: mermaidReport,
};
