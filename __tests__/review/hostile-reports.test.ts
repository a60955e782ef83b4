import { formats, review } from "../../review";
import { inventoryOf, parseDocument } from "../../topology";
import { describeInBrowser, openBrowser } from "../support/browser";
import { packagesFolder, unpackParts } from "../support/installed-packages";
import { describeWhen } from "../support/skip";
import { block, cleanStack, GATEWAY, OUTBOUND_CLIENT, RUNTIME_POLICY, TARGET } from "./clean-stack";
import { print } from "./reports";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Names as somebody writes them who wants the review's output to do something. */
const HOSTILE: readonly string[] = [
  "::error file=x::all is lost",
  "\n::stop-commands::x\n##vso[task.setvariable variable=a]b",
  "##[error]x ##teamcity[buildStop]",
  "\u001b[2J\u001b]0;title\u0007\u009b31m",
  "%%{init: {'theme': 'dark', 'flowchart': {'curve': 'x'}}}%%",
  '"] --> x["y',
  "`a` **b** __c__ 1. d\n---\ngraph TD\n",
  "<img src=x onerror=alert(1)><script>alert(1)</script>",
  "{0} {1} [click](https://example.com) ![](https://example.com/x.png) @everyone #1 | a | ```",
  "style: classDef x:#a; click n0 call f() \u202e\u2028\ud800&amp;#35;",
];

const reviewWith = (odd: string): ReturnType<typeof review> => {
  const stack = cleanStack();
  Object.assign(block(stack, TARGET), { name: odd, for_each: { [odd]: odd } });
  Object.assign(block(stack, TARGET, "target_configuration", "mcp", "mcp_server"), { endpoint: odd });
  Object.assign(block(stack, RUNTIME_POLICY), {
    policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: [odd, "s3:*"], Resource: [odd, "*"] }] }),
  });
  Object.assign(block(stack, OUTBOUND_CLIENT), { allowed_oauth_scopes: [odd] });
  Object.assign(block(stack, GATEWAY, "authorizer_configuration", "custom_jwt_authorizer"), {
    discovery_url: odd,
    allowed_clients: [odd],
  });
  return review(inventoryOf(parseDocument("stack.tf.json", Buffer.from(JSON.stringify(stack)))));
};

const cases = HOSTILE.flatMap((odd) => Object.keys(formats).map((format) => ({ odd, format })));

test.each(cases)("$format with the name $odd has no line, character or command of the name's", ({ odd, format }) => {
  const text = print(format, reviewWith(odd), { artifact: odd });
  expect(text).not.toMatch(/[^\P{C}\n]|[\u2028\u2029]/u);
  expect(text).not.toMatch(/^\s*::/m);
  expect(text).not.toMatch(/##[a-z]*\[/i);
  if (["json", "sarif", "code-quality"].includes(format)) expect(() => JSON.parse(text) as unknown).not.toThrow();
});

test("JSON says what the names are", () => {
  const odd = "\u009b##vso[x]\u202e::y";
  const { hops } = JSON.parse(print("json", reviewWith(odd))) as { hops: { target: string }[] };
  expect(hops[0]?.target).toBe(`${TARGET}[${JSON.stringify(odd)}]`);
});

test("messages in SARIF hold no placeholder, link or tag", () => {
  for (const odd of HOSTILE) {
    const { runs } = JSON.parse(print("sarif", reviewWith(odd))) as {
      runs: { results: { message: { text: string } }[] }[];
    };
    const texts = runs.flatMap(({ results }) => results.map(({ message }) => message.text));
    expect(texts.length).toBeGreaterThan(3);
    for (const text of texts) expect(text.replace(/\{\{|\}\}/g, "")).not.toMatch(/[{}<>]|[^\\]\]\(/);
  }
});

test("Markdown shows each finding as one row without markup, mention or link", () => {
  for (const odd of HOSTILE) {
    const [head = ""] = print("markdown", reviewWith(odd)).split("<details>");
    const rows = head.split("\n").filter((line) => line.startsWith("|"));
    for (const row of rows) {
      const outside = row.replace(/`[^`]*`/g, "").replace(/\\\|/g, "");
      expect(outside).not.toMatch(/[<>`*_{}[\]@~]|:\/\/|[^&]#\d/);
      expect([4, 5]).toContain(outside.split("|").length - 1);
    }
  }
});

/** Of more targets than Mermaid draws, one of which has an error, and is not among the first. */
function largeReview(): ReturnType<typeof review> {
  const stack = cleanStack();
  const target = stack.resource["aws_bedrockagentcore_gateway_target"]?.["tools"];
  const names = Array.from({ length: 700 }, (_, index) => `target${index}`);
  stack.resource["aws_bedrockagentcore_gateway_target"] = Object.fromEntries(
    names.map((name) => [name, { ...structuredClone(target), name }]),
  );
  block(stack, "aws_bedrockagentcore_gateway_target.target650")["name"] = "target 650";
  return review(inventoryOf(parseDocument("stack.tf.json", Buffer.from(JSON.stringify(stack)))));
}

test("a picture is no larger than Mermaid draws, says what is left out, and keeps what has an error", () => {
  const chart = print("mermaid", largeReview());
  expect(chart.length).toBeLessThanOrEqual(50_000);
  expect(chart.match(/-->|-\.->|-\.-/g)?.length).toBeLessThanOrEqual(500);
  expect(chart).toMatch(/left out#58; \d+ of 700 hops, because a diagram of Mermaid has at most 500 edges/);
  expect(chart).toContain("gateway_target.target650");
});

const MERMAID = "mermaid";
const MERMAID_SCRIPT = "dist/mermaid.min.js";
const missing = unpackParts(MERMAID, MERMAID, "11.9.0", [MERMAID_SCRIPT]);

describeWhen(missing === undefined, missing ?? "", "Mermaid itself", () =>
  describeInBrowser("in Chromium", () => {
    test("draws every node of every chart with the text of its name, and obeys none", async () => {
      const browser = await openBrowser({ width: 1200, height: 900 });
      const page = await browser.newPage();
      await page.setContent("<main></main>");
      const script = join(packagesFolder(MERMAID), MERMAID, MERMAID_SCRIPT);
      await page.addScriptTag({ content: readFileSync(script, "utf8") });
      const charts = [...HOSTILE.map((odd) => print("mermaid", reviewWith(odd))), print("mermaid", largeReview())];
      const drawn: { labels: string[]; foreign: number; curve: string }[] = await page.evaluate(
        `(async () => {
          mermaid.initialize({ startOnLoad: false });
          const all = [];
          for (const [index, chart] of ${JSON.stringify(charts)}.entries()) {
            const { svg } = await mermaid.render("chart" + index, chart);
            const holder = document.createElement("div");
            holder.innerHTML = svg;
            all.push({
              labels: [...holder.querySelectorAll(".node .nodeLabel")].map((label) => label.textContent),
              foreign: holder.querySelectorAll("script, img, a").length,
              curve: mermaid.mermaidAPI.getConfig().theme,
            });
          }
          return all;
        })()`,
      );
      drawn.forEach(({ labels, foreign, curve }, index) => {
        expect({ foreign, curve }).toEqual({ foreign: 0, curve: "default" });
        expect(labels).toEqual(labelsOf(charts[index] ?? ""));
      });
    });
  }),
);

/** The labels of a chart's nodes, with Mermaid's escapes undone; a line is broken as HTML does it. */
function labelsOf(chart: string): string[] {
  return [...chart.matchAll(/^ {2}n\d+\["([^"]*)"\]$/gm)].map(([, label = ""]) =>
    label.replace(/#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
  );
}
