// Publishes the version of package.json, with a provenance that says which commit and which run it was made of:
// npm run release [-- --dry-run]
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const isDryRun = process.argv.includes("--dry-run");
const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));

/** What stands for an address that the project does not have yet. */
const PLACEHOLDER = "\\bOWNER/|@example\\.invalid";

/** The lines of git's answer; none where there is no git. */
function git(...args) {
  const { stdout } = spawnSync("git", args, { encoding: "utf8" });
  return (stdout ?? "").split("\n").filter((line) => line !== "");
}

function* obstacles() {
  const files = ["*.md", "package.json", ".github"];
  const placeholders = git("grep", "--no-index", "--exclude-standard", "-lE", PLACEHOLDER, "--", ...files);
  for (const file of placeholders) yield `${file} has a placeholder for an address (OWNER or example.invalid).`;
  const changelog = readFileSync("CHANGELOG.md", "utf8").split("\n");
  if (!changelog.some((line) => line.startsWith(`## ${version} - `))) {
    yield `CHANGELOG.md has no section ${version} with a date: "npm version" makes it.`;
  }
  if (git("status", "--porcelain").length > 0) yield "Not everything is committed.";
  if (!git("tag", "--points-at", "HEAD").includes(`v${version}`)) {
    yield `The commit has no tag v${version}: "npm version" makes it.`;
  }
}

const found = [...obstacles()];
for (const obstacle of found) process.stderr.write(`${obstacle}\n`);
if (found.length > 0 && !isDryRun) {
  process.stderr.write(`${name} ${version} is not published.\n`);
  process.exit(1);
}
const publish = ["publish", "--provenance", "--access", "public", ...(isDryRun ? ["--dry-run"] : [])];
process.stdout.write(`npm ${publish.join(" ")}\n`);
process.exit(spawnSync("npm", publish, { stdio: "inherit" }).status ?? 1);
