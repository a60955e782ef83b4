// Run by `npm version`: what stands in CHANGELOG.md under "Unreleased" comes under the new version and today's date.
import { readFileSync, writeFileSync } from "node:fs";

const UNRELEASED = /^## Unreleased\n([^]*?)(?=^## |(?![^]))/m;

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const changelog = readFileSync("CHANGELOG.md", "utf8");
const changes = UNRELEASED.exec(changelog)?.[1];

const stop = (sentence) => {
  process.stderr.write(`CHANGELOG.md ${sentence}\n`);
  process.exit(1);
};
if (changes === undefined) stop('has no section "## Unreleased": add one with what has changed.');
if (!/^- /m.test(changes)) stop(`has no line under "## Unreleased": say there what ${version} changes.`);
if (changelog.split("\n").some((line) => line.startsWith(`## ${version} `) || line === `## ${version}`)) {
  stop(`has a section ${version} already: give the release another version.`);
}

const date = new Date().toISOString().slice(0, 10);
writeFileSync(
  "CHANGELOG.md",
  changelog.replace(UNRELEASED, () => `## Unreleased\n\n## ${version} - ${date}\n${changes}`),
);
