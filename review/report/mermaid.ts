import { authMap, type Credential, type Hop } from "../auth-map";
import type { Severity } from "../rule";
import type { Format } from "./format";
import { visibleText } from "./visible";

/** The picture of the hops with their authorization, as a Mermaid flowchart; what was not checked hangs on its node. */
export const mermaidReport: Format = ({ system, findings, unchecked }) => {
  const chart = new Flowchart();
  for (const hop of authMap(system)) addHop(chart, hop);
  const worst = new Map<string, Severity>();
  for (const { address, severity } of [...findings].reverse()) worst.set(address, severity);
  for (const { address, what, reason } of unchecked) {
    const note = chart.node(`not checked ${address} ${what}`, `not checked: ${what}, because ${reason}`);
    chart.edge(chart.node(address, address), note, "", "-.-");
  }
  return chart.text(worst);
};

function addHop(chart: Flowchart, hop: Hop): void {
  if (hop.gateway === "") {
    chart.edge(
      chart.node("caller", "caller"),
      chart.node(hop.destination ?? "", `runtime ${hop.destination ?? ""}`),
      credentialLabel(hop.inbound),
    );
    return;
  }
  const gateway = chart.node(hop.gateway, `gateway ${hop.gateway}`);
  chart.edge(chart.node("caller", "caller"), gateway, credentialLabel(hop.inbound));
  addIssuer(chart, "caller", hop.inbound);
  if (hop.target === undefined || hop.outbound === undefined) return;
  const target = chart.node(hop.target, `target ${hop.target}`);
  const destination = chart.node(
    hop.destination ?? "?",
    `${hop.accepted === undefined ? "" : "runtime "}${hop.destination ?? "something that is not shown"}`,
  );
  chart.edge(gateway, target, "offers");
  chart.edge(target, destination, credentialLabel(hop.outbound));
  addIssuer(chart, hop.target, hop.outbound);
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

class Flowchart {
  private readonly nodes = new Map<string, { readonly id: string; readonly label: string }>();
  private readonly edges = new Set<string>();

  /** The id of a node, which is made when it is first named. */
  node(name: string, label: string): string {
    const known = this.nodes.get(name);
    if (known) return known.id;
    const id = `n${this.nodes.size}`;
    this.nodes.set(name, { id, label });
    return id;
  }

  edge(from: string, to: string, label: string, arrow = "-->"): void {
    this.edges.add(`  ${from} ${arrow}${label === "" ? "" : `|"${escaped(label)}"|`} ${to}`);
  }

  text(worst: ReadonlyMap<string, Severity>): string {
    const nodes = [...this.nodes.values()].map(({ id, label }) => `  ${id}["${escaped(label)}"]`);
    const styles = [...this.nodes].flatMap(([name, { id }]) => {
      const severity = worst.get(name);
      return severity === undefined ? [] : [`  style ${id} ${FILLS[severity]}`];
    });
    return `${["flowchart LR", ...nodes, ...this.edges, ...styles].join("\n")}\n`;
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
