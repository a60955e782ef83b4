import type { Finding } from "../rule";
import { fails } from "../failure";
import type { Review } from "../review";
import { type Format, isEmpty, nothingToReview, placeOf, type ReportContext, summary } from "./format";
import { mermaidReport } from "./mermaid";
import { inertLines, visibleText } from "./visible";

/** A comment of a pull request takes 65,536 characters; the summary of a job is longer. */
const MAX_LENGTH = 65_000;

/** How many rows a table may have, and whether there is a picture: the first of which the whole fits. */
const SIZES: readonly (readonly [number, boolean])[] = [
  [60, true],
  [60, false],
  [20, false],
  [5, false],
  [0, false],
];

/** What a pull request shows: the result, the findings, what was not checked, and the picture of the hops. */
export const markdownReport: Format = (review, context) => {
  let text = "";
  for (const [rows, isPictured] of SIZES) {
    text = summaryOf(review, context, rows, isPictured);
    if (text.length <= MAX_LENGTH) break;
  }
  return text;
};

function summaryOf(review: Review, context: ReportContext, rows: number, isPictured: boolean): string {
  const { findings, unchecked } = review;
  const result = fails(review, context.policy) ? "failed" : "passed";
  const sections = [
    `### Review of AgentCore authorization: ${result}`,
    isEmpty(review) ? nothingToReview(review) : `${summary(review)}.`,
    table(["", "where", "what", "fix"], findings.map(row), rows),
    unchecked.length === 0 ? "" : "#### Not checked",
    table(
      ["where", "what", "why"],
      unchecked.map((entry) => [place(entry), escaped(entry.what), escaped(entry.reason)]),
      rows,
    ),
    isEmpty(review) || !isPictured ? "" : picture(mermaidReport(review, context)),
  ];
  return inertLines(`${sections.filter((text) => text !== "").join("\n\n")}\n`);
}

function row(finding: Finding): string[] {
  const { severity, rule, message, fix } = finding;
  return [`${severity} ${code(rule)}`, place(finding), escaped(message), escaped(fix)];
}

function place(entry: Pick<Finding, "position" | "address">): string {
  return entry.position === undefined ? code(entry.address) : `${code(placeOf(entry))} ${code(entry.address)}`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[], most: number): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const left = rows.length - most;
  const more = left > 0 ? [`\nand ${left} more, which the other formats name.`] : [];
  return [line(heads), line(heads.map(() => "---")), ...rows.slice(0, most).map(line), ...more].join("\n");
}

/** GitHub draws no flowchart of more than 50,000 characters (Mermaid's maxTextSize). */
function picture(chart: string): string {
  if (chart.length > 45_000) return "";
  return `<details><summary>Who calls whom</summary>\n\n\`\`\`mermaid\n${chart}\`\`\`\n\n</details>`;
}

/** Text in which nothing is Markdown, HTML, a link, a mention or the end of a cell. */
function escaped(text: string): string {
  return visibleText(text)
    .replace(/&/g, "&amp;")
    .replace(/[@#]/g, (sign) => `&#${sign.charCodeAt(0)};&#8203;`)
    .replace(/[<>\\`*_{}[\]()!|~$]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/:(?=\/\/)/g, "&#58;")
    .replace(/\bwww\./gi, (match) => `${match.slice(0, -1)}&#46;`);
}

/** Code in a cell: a backtick would end it, and a bar the cell. */
function code(text: string): string {
  return `\`${visibleText(text).replace(/`/g, "\u02cb").replace(/\|/g, "\\|")}\``;
}
