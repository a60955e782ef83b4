// Compiles the project of the working folder, and checks of all declarations those of the package: those of other packages
// take three times as long.
import { createRequire } from "node:module";
import { resolve, sep } from "node:path";

const ts = createRequire(import.meta.url)("typescript");

const fail = (...diagnostics) => {
  const host = { ...ts.sys, getCanonicalFileName: String, getNewLine: () => "\n" };
  process.stdout.write(ts.formatDiagnostics(diagnostics, host));
  process.exit(1);
};

const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail };
// It would check all of them.
const changes = { noEmitOnError: false };
const { fileNames, options, errors } = ts.getParsedCommandLineOfConfigFile("tsconfig.json", changes, host);
const program = ts.createProgram(fileNames, options);
const modules = resolve("node_modules/cdktf-agentcore").split(sep).join("/");
const roots = new Set(program.getRootFileNames().map((name) => resolve(name)));
const sources = program.getSourceFiles();
const declarations = sources.filter(({ fileName }) => fileName.startsWith(`${modules}/`));
const programs = sources.filter(({ fileName }) => roots.has(resolve(fileName)));
if (declarations.length === 0 || programs.length !== roots.size) throw new Error("Some files are not found.");
const diagnostics = [
  ...errors,
  ...program.getOptionsDiagnostics(),
  ...program.getSyntacticDiagnostics(),
  ...program.getGlobalDiagnostics(),
  ...[...programs, ...declarations].flatMap((file) => program.getSemanticDiagnostics(file)),
  ...programs.flatMap((file) => program.getDeclarationDiagnostics(file)),
];
if (diagnostics.length > 0) fail(...diagnostics);
// One by one, as to emit the whole program checks all of it.
programs.forEach((file) => program.emit(file));
