// What esbuild put into a bundle, package by package, and the notices of their licences.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The packages of which some code is in the bundle, by name.
 *
 * @param metafile - esbuild's
 * @param root - the folder that its paths are relative to
 */
export function listPackages(metafile, root) {
  const folders = new Set();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
      if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
    }
  }
  return [...folders]
    .map((folder) => readPackage(join(root, folder)))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Name, version and licence of the package in a folder. */
export function readPackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.md|\.txt)?$/i.test(entry));
  if (typeof license !== "string" || file === undefined) {
    throw new Error(`${name} ${version} comes without a licence, so the bundle cannot carry its notice.`);
  }
  return { name, version, license, text: readFileSync(join(folder, file), "utf8").trim() };
}

/** A comment for the end of the bundle. */
export function licenceNotices(packages) {
  const notices = packages.map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}`);
  const text = ["This file contains the following packages.", ...notices].join("\n\n---\n\n");
  return `/*!\n${text.replaceAll("*/", "* /")}\n*/\n`;
}
