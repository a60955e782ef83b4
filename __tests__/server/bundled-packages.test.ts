import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bundleServer, copyServer } from "./support/server-process";

interface BillOfMaterials {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly components: { readonly purl: string; readonly licenses: { readonly license: { readonly id?: string } }[] }[];
}

const folder = copyServer();
const bundle = readFileSync(bundleServer(folder, "--sbom", "--readable"), "utf8");
const bill = readFileSync(join(folder, "dist/server/main.cdx.json"), "utf8");
const { bomFormat, specVersion, components } = JSON.parse(bill) as BillOfMaterials;

/** The packages whose files esbuild names in the bundle's comments. */
const inBundle = new Set(
  [...bundle.matchAll(/^\/\/ .*node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)].map(([, name]) => name),
);

test("the bill of materials is CycloneDX, and names each package of the bundle with its version and licence", () => {
  expect([bomFormat, specVersion]).toStrictEqual(["CycloneDX", "1.6"]);
  const expected = [...inBundle].map((name) => {
    const { version } = JSON.parse(
      readFileSync(join(folder, "node_modules", String(name), "package.json"), "utf8"),
    ) as { version: string };
    return `pkg:npm/${String(name).replace("@", "%40")}@${version}`;
  });
  expect(components.map(({ purl }) => purl).sort()).toStrictEqual(expected.sort());
  expect(components.every(({ licenses }) => licenses[0]?.license.id !== undefined)).toBe(true);
});

test("the bundle ends with the notice of each package's licence", () => {
  const notices = bundle.slice(bundle.lastIndexOf("/*!"));
  for (const name of inBundle) {
    const packageFolder = join(folder, "node_modules", String(name));
    expect(notices).toContain(`\n${name} `);
    expect(notices).toContain(readFileSync(join(packageFolder, "LICENSE"), "utf8").trim());
  }
  expect(inBundle.size).toBeGreaterThan(1);
});

test("the minified bundle holds the same notices, and its stack traces name functions", () => {
  const path = bundleServer(copyServer());
  const minified = readFileSync(path, "utf8");
  expect(minified.slice(minified.lastIndexOf("/*!"))).toBe(bundle.slice(bundle.lastIndexOf("/*!")));
  expect(minified.length).toBeLessThan(0.55 * bundle.length);
  const onListen =
    "data:text/javascript,import { Server } from 'node:net';" +
    "Server.prototype.listen = () => { console.log(new Error().stack); process.exit(); };";
  const trace = execFileSync(process.execPath, ["--import", onListen, path], { encoding: "utf8" });
  expect(trace).toMatch(/at startServer .*main\.js:\d+:\d+\)\n +at main .*main\.js:\d+:\d+\)/);
});

test("the same sources give the same bill, which tells nothing of the machine", () => {
  const second = copyServer();
  bundleServer(second, "--sbom");
  expect(readFileSync(join(second, "dist/server/main.cdx.json"), "utf8")).toBe(bill);
  expect(bill).not.toContain(dirname(folder));
});
