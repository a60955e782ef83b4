// The compiler's and ESLint's view of the sources from one program, since to find out types is most of the work of both.
import { ESLint } from "eslint";
import ts from "typescript";

const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
const program = ts.createProgram(fileNames, { ...options, incremental: false, tsBuildInfoFile: undefined });

const diagnostics = ts.getPreEmitDiagnostics(program);
process.stderr.write(
  ts.formatDiagnostics(diagnostics, {
    getCurrentDirectory: () => process.cwd(),
    getCanonicalFileName: (name) => name,
    getNewLine: () => "\n",
  }),
);

const parserOptions = { project: undefined, programs: [program] };
const eslint = new ESLint({ overrideConfig: { files: ["**/*.ts"], languageOptions: { parserOptions } } });
const results = await eslint.lintFiles(["."]);
const formatter = await eslint.loadFormatter();
process.stderr.write(await formatter.format(results));

const isClean = diagnostics.length === 0 && results.every(({ errorCount }) => errorCount === 0);
process.exitCode = isClean ? 0 : 1;
