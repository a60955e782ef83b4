import { grouped } from "../../topology";
import { authMap, type Credential, type CallPath, rolePermissions } from "../auth-map";
import type { Review } from "../review";
import type { Finding } from "../rule";
import type { Unchecked } from "../unchecked/unchecked";
import { type Format, isEmpty, nothingToReview, type Style, summary } from "./format";
import { inertLines, visible } from "./visible";

/** The auth map, what each role may do, the findings, worst first, and what was not checked. */
export const textReport: Format = (review, { style }) => {
  const paths = visible(authMap(review.system));
  if (isEmpty(review)) return `${nothingToReview(review)}\n`;
  const sections = [
    section("Who calls whom", mapLines(paths, style), style),
    section("What each role may do", roleLines(review), style),
    section("Findings", findingLines(review, style), style),
    section(
      "Not checked",
      visible(review.unchecked).flatMap((entry) => uncheckedText(entry, style)),
      style,
    ),
  ];
  return inertLines(`${sections.filter((text) => text !== "").join("\n")}\n${summary(review)}\n`);
};

function section(title: string, lines: readonly string[], { bold }: Style): string {
  return lines.length === 0
    ? ""
    : `${bold(title)}\n\n${lines.map((line) => (line === "" ? "\n" : `  ${line}\n`)).join("")}`;
}

function mapLines(paths: readonly CallPath[], style: Style): string[] {
  const byGateway = grouped(paths, ({ gateway }) => gateway);
  return [...byGateway.values()].flatMap((own, index) => [...(index > 0 ? [""] : []), ...gatewayLines(own, style)]);
}

function gatewayLines(paths: readonly CallPath[], style: Style): string[] {
  const [first] = paths;
  if (first === undefined) return [];
  if (first.gateway === "") {
    return paths.flatMap((path) => [
      `caller  ${credentialText(path.inbound)}`,
      `└─▶ runtime ${style.bold(path.destination ?? "")}${roleText(path.runtimeRole)}`,
    ]);
  }
  return [
    `caller  ${credentialText(first.inbound)}`,
    `└─▶ gateway ${style.bold(first.gateway)}${roleText(first.gatewayRole)}`,
    ...paths.flatMap((path) => targetLines(path, style).map((line) => `    ${line}`)),
  ];
}

function targetLines({ target, outbound, destination, accepted, runtimeRole }: CallPath, style: Style): string[] {
  if (target === undefined || outbound === undefined) return [];
  return [
    `target ${target}  ${credentialText(outbound)}`,
    `└─▶ ${accepted === undefined ? "" : "runtime "}${style.bold(destination ?? "something that is not shown")}${roleText(runtimeRole)}`,
    ...(accepted === undefined ? [] : [`    accepts ${credentialText(accepted)}`]),
  ];
}

function credentialText({ type, issuer, clients, audience, scopes }: Credential): string {
  if (type === "none") return "no credential";
  if (type === "unknown") return "a credential that is not shown";
  const list = (name: string, values: readonly string[]): string[] =>
    values.length === 0 ? [] : [`${name} ${values.join(" ")}`];
  return [
    type,
    ...list("of", issuer === undefined ? [] : [issuer]),
    ...list("client", clients),
    ...list("audience", audience),
    ...list("scopes", scopes),
  ]
    .join(", ")
    .replace(", of", " of");
}

function roleText(role: string | undefined): string {
  return role === undefined ? "" : `, role ${role}`;
}

function roleLines({ system }: Review): string[] {
  let previous = "";
  return visible(rolePermissions(system)).flatMap(({ role, effect, actions, resources }) => {
    const heading = role === previous ? [] : [role];
    previous = role;
    return [
      ...heading,
      `  ${effect === "Allow" ? "" : `${effect} `}${actions.join(", ")}`,
      ...resources.map((resource) => `      ${resource}`),
    ];
  });
}

function findingLines({ findings }: Review, style: Style): string[] {
  return visible(findings).flatMap((finding, index) => [...(index > 0 ? [""] : []), ...findingText(finding, style)]);
}

function findingText(
  { severity, rule, address, position, message, fix }: Finding,
  { bold, dim, red }: Style,
): string[] {
  const label = severity === "error" ? red(severity) : severity === "warning" ? bold(severity) : severity;
  const place = position === undefined ? "" : ` ${position.file}:${position.line}`;
  return [`${label} ${bold(address)} ${dim(rule)}${place}`, `  ${message}`, `  ${dim("fix:")} ${fix}`];
}

function uncheckedText({ address, position, what, reason }: Unchecked, { bold }: Style): string[] {
  const place = position === undefined ? "" : ` ${position.file}:${position.line}`;
  return [`${bold(address)}${place}`, `  ${what}: ${reason}`];
}
