import { processVariables } from "../../../emulator/cloud/processes/process-variables";

const LOADERS = [
  ["NODE_OPTIONS", "NODE_PATH", "LD_PRELOAD", "LD_LIBRARY_PATH", "DYLD_INSERT_LIBRARIES", "PATH", "BASH_ENV", "ENV"],
  ["PYTHONPATH", "PYTHONSTARTUP", "PYTHONHOME", "PERL5OPT", "RUBYOPT", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"],
  ["npm_config_script_shell", "NPM_CONFIG_NODE_OPTIONS", "UV_PYTHON", "GIT_SSH_COMMAND", "OPENSSL_CONF", "HOME"],
  ["BASH_FUNC_node%%", "DOTNET_STARTUP_HOOKS", "GCONV_PATH", "GLIBC_TUNABLES", "TSX_TSCONFIG_PATH", "node_options"],
].flat();

const variables = Object.fromEntries(LOADERS.map((name) => [name, "/tmp/evil"]));

test.each(LOADERS)("%s reaches no process, and is named", (name) => {
  const lines: string[] = [];
  const passed = processVariables(
    { [name]: "/tmp/evil" },
    {},
    { allowsLoaders: false, log: (line) => lines.push(line) },
  );
  expect(Object.values(passed)).not.toContain("/tmp/evil");
  expect(lines).toEqual([expect.stringContaining(`: ${name}. --allow-loader-variables passes everything on.`)]);
});

test("a flag passes all of them on", () => {
  const passed = processVariables(variables, {}, { allowsLoaders: true, log: fail });
  expect(passed).toMatchObject(variables);
});

test("what loads nothing is passed on, and what the emulator tells wins", () => {
  const declared = { LOG_LEVEL: "debug", AWS_ENDPOINT_URL: "http://127.0.0.1:4700", PORT: "1", NODE_ENV: "production" };
  const passed = processVariables(declared, { PORT: "2" }, { allowsLoaders: false, log: fail });
  expect(passed).toMatchObject({ ...declared, PORT: "2", PATH: process.env["PATH"] });
});

function fail(line: string): never {
  throw new Error(line);
}
