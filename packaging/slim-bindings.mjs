// Makes an installation of this repository lighter: takes out of the AWS bindings, two thirds of what is installed, what
// neither its programs nor its tests read. That is the description for other languages (jsii), and the source maps of
// kinds that nothing here is about: their generated sources, which the stand-in provider of the tests reads of the others. Argument: the folder of the bindings.
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const KEPT = /^(bedrockagentcore|cognito|iam|ecr|cloudwatch-log|lambda-function|s3|data-aws|provider)/;

const [bindings = join(dirname(fileURLToPath(import.meta.url)), "../node_modules/@cdktf/provider-aws")] =
  process.argv.slice(2);

rmSync(join(bindings, ".jsii"), { force: true });
const folders = existsSync(join(bindings, "lib")) ? readdirSync(join(bindings, "lib")) : [];
for (const folder of folders) {
  const file = join(bindings, "lib", folder, "index.js");
  if (KEPT.test(folder) || !existsSync(file)) continue;
  const text = readFileSync(file, "utf8");
  const end = text.lastIndexOf("\n//# sourceMappingURL=data:");
  if (end < 0) continue;
  // Anew, since other checkouts may share the file.
  writeFileSync(`${file}.new`, text.slice(0, end + 1));
  renameSync(`${file}.new`, file);
}
