import { authMap, type Credential, type CallPath } from "../auth-map";
import type { Severity } from "../rule";
import type { Unchecked } from "../unchecked/unchecked";
import type { Format } from "./format";
import { visibleText } from "./visible";

/**
 * The picture of the calls with their authorization, as a Mermaid flowchart; what was not checked hangs on its node. What
 * Mermaid would not draw is left out, which a note says: paths without a finding first.
 */
export const mermaidReport: Format = ({ system, findings, unchecked }) => {
  const worst = new Map<string, Severity>();
  for (const { address, severity } of [...findings].reverse()) worst.set(address, severity);
  const paths = authMap(system);
  const whole = draw(paths, unchecked, worst);
  if (whole.leftOut === 0) return whole.text;
  const rank = ({ gateway, target, destination }: CallPath): number =>
    Math.min(...[gateway, target, destination].map((address) => RANKS[worst.get(address ?? "") ?? "none"]));
  return draw(
    [...paths].sort((one, other) => rank(one) - rank(other)),
    unchecked,
    worst,
  ).text;
};

const RANKS: Readonly<Record<Severity | "none", number>> = { error: 0, warning: 1, info: 2, none: 3 };

function draw(
  paths: readonly CallPath[],
  unchecked: readonly Unchecked[],
  worst: ReadonlyMap<string, Severity>,
): { readonly text: string; readonly leftOut: number } {
  const chart = new Flowchart(worst);
  const drawn = paths.filter((path) => chart.fits(() => addPath(chart, path))).length;
  const noted = unchecked.filter((entry) => chart.fits(() => addNote(chart, entry))).length;
  const [pathsLeft, notesLeft] = [paths.length - drawn, unchecked.length - noted];
  if (pathsLeft + notesLeft > 0) {
    const notes = notesLeft === 0 ? "" : ` and ${notesLeft} of ${unchecked.length} things that were not checked`;
    const limits = `a diagram of Mermaid has at most ${MAX_EDGES} edges and ${MAX_TEXT} characters`;
    chart.node("left out", `left out: ${pathsLeft} of ${paths.length} hops${notes}, because ${limits}`);
  }
  return { text: chart.text(), leftOut: pathsLeft + notesLeft };
}

function addNote(chart: Flowchart, { address, what, reason }: Unchecked): void {
  const note = chart.node(`not checked ${address} ${what}`, `not checked: ${what}, because ${reason}`);
  chart.edge(chart.node(address, address), note, "", "-.-");
}

function addPath(chart: Flowchart, path: CallPath): void {
  if (path.gateway === "") {
    chart.edge(
      chart.node("caller", "caller"),
      chart.node(path.destination ?? "", `runtime ${path.destination ?? ""}`),
      credentialLabel(path.inbound),
    );
    return;
  }
  const gateway = chart.node(path.gateway, `gateway ${path.gateway}`);
  chart.edge(chart.node("caller", "caller"), gateway, credentialLabel(path.inbound));
  addIssuer(chart, "caller", path.inbound);
  if (path.target === undefined || path.outbound === undefined) return;
  const target = chart.node(path.target, `target ${path.target}`);
  const destination = chart.node(
    path.destination ?? "?",
    `${path.accepted === undefined ? "" : "runtime "}${path.destination ?? "something that is not shown"}`,
  );
  chart.edge(gateway, target, "offers");
  chart.edge(target, destination, credentialLabel(path.outbound));
  addIssuer(chart, path.target, path.outbound);
}

/** Where the one who shows a token has it from. */
function addIssuer(chart: Flowchart, holder: string, { type, issuer, clients, scopes }: Credential): void {
  if (type !== "JWT" || issuer === undefined) return;
  const label = [...clients, ...(scopes.length > 0 ? [`scopes ${scopes.join(" ")}`] : [])].join(", ");
  chart.edge(
    chart.node(issuer, `issuer ${issuer}`),
    chart.node(holder, holder),
    label === "" ? "token" : `token for ${label}`,
    "-.->",
  );
}

function credentialLabel({ type, issuer }: Credential): string {
  if (type === "none") return "no credential";
  if (type === "unknown") return "not shown";
  return issuer === undefined ? type : `${type} of ${issuer}`;
}

const FILLS: Readonly<Record<Severity, string>> = {
  error: "fill:#fdd,stroke:#c00",
  warning: "fill:#ffe9c7,stroke:#b60",
  info: "fill:#eef,stroke:#66a",
};

/** What Mermaid draws unless it is configured: maxEdges and maxTextSize of its `config.schema.yaml`. */
const MAX_EDGES = 500;
const MAX_TEXT = 50_000;
/** Characters that are kept for the note on what is left out. */
const NOTE = 300;

class Flowchart {
  private readonly nodes = new Map<string, { readonly id: string; readonly lines: string }>();
  private readonly edges = new Set<string>();
  private length = "flowchart LR\n".length;

  constructor(private readonly worst: ReadonlyMap<string, Severity>) {}

  /** Adds what a call adds, unless the chart would become larger than Mermaid draws. */
  fits(add: () => void): boolean {
    const [nodes, edges, length] = [this.nodes.size, this.edges.size, this.length];
    add();
    if (this.edges.size <= MAX_EDGES && this.length <= MAX_TEXT - NOTE) return true;
    for (const name of [...this.nodes.keys()].slice(nodes)) this.nodes.delete(name);
    for (const edge of [...this.edges].slice(edges)) this.edges.delete(edge);
    this.length = length;
    return false;
  }

  /** The id of a node, which is made when it is first named. */
  node(name: string, label: string): string {
    const known = this.nodes.get(name);
    if (known) return known.id;
    const id = `n${this.nodes.size}`;
    const severity = this.worst.get(name);
    const style = severity === undefined ? "" : `\n  style ${id} ${FILLS[severity]}`;
    const lines = `  ${id}["${escaped(label)}"]${style}`;
    this.nodes.set(name, { id, lines });
    this.length += lines.length + 1;
    return id;
  }

  edge(from: string, to: string, label: string, arrow = "-->"): void {
    const line = `  ${from} ${arrow}${label === "" ? "" : `|"${escaped(label)}"|`} ${to}`;
    if (!this.edges.has(line)) this.length += line.length + 1;
    this.edges.add(line);
  }

  text(): string {
    return `${["flowchart LR", ...[...this.nodes.values()].map(({ lines }) => lines), ...this.edges].join("\n")}\n`;
  }
}

/**
 * Mermaid ends a label at a quotation mark, takes `#…;` for characters, `%%{…}` anywhere for a directive, links and pairs of
 * stars, tildes and underscores for Markdown, and rewrites lines in which `style` comes before a colon.
 */
function escaped(text: string): string {
  return visibleText(text).replace(
    /[#"<>%`:&\\*~]|\](?=[([])|_(?![a-zA-Z0-9])|(?<![a-zA-Z0-9])_/g,
    (character) => `#${character.charCodeAt(0)};`,
  );
}
