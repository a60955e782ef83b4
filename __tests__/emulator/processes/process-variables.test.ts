import { spawnSync } from "node:child_process";

import { processVariables } from "../../../emulator/cloud/processes/process-variables";

const LOADERS = [
  ["NODE_OPTIONS", "NODE_PATH", "LD_PRELOAD", "LD_LIBRARY_PATH", "DYLD_INSERT_LIBRARIES", "PATH", "BASH_ENV", "ENV"],
  ["PYTHONPATH", "PYTHONSTARTUP", "PYTHONHOME", "PERL5OPT", "RUBYOPT", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"],
  ["npm_config_script_shell", "NPM_CONFIG_NODE_OPTIONS", "UV_PYTHON", "GIT_SSH_COMMAND", "OPENSSL_CONF", "HOME"],
  ["BASH_FUNC_node%%", "DOTNET_STARTUP_HOOKS", "GCONV_PATH", "GLIBC_TUNABLES", "TSX_TSCONFIG_PATH", "node_options"],
  [
    "AWS_CONFIG_FILE",
    "XDG_CONFIG_HOME",
    "USERPROFILE",
    "NODE_REDIRECT_WARNINGS",
    "ESBUILD_BINARY_PATH",
    "SSLKEYLOGFILE",
  ],
  ["VOLTA_HOME", "KUBECONFIG", "GOTOOLCHAIN", "CC"],
  // Each of the first three was seen to run a file of the folder in which the server starts.
  ["UVICORN_LOG_CONFIG", "UVICORN_APP_DIR", "GUNICORN_CMD_ARGS", "UVICORN_LOOP", "FLASK_APP", "NODE_CONFIG_DIR"],
  ["ERL_FLAGS", "JULIA_LOAD_PATH", "OPENJ9_JAVA_OPTIONS"],
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
  const declared = {
    LOG_LEVEL: "debug",
    AWS_ENDPOINT_URL: "http://127.0.0.1:4700",
    PORT: "1",
    NODE_ENV: "production",
    MIX_ENV: "prod",
  };
  const passed = processVariables(declared, { PORT: "2" }, { allowsLoaders: false, log: fail });
  expect(passed).toMatchObject({ ...declared, PORT: "2", PATH: process.env["PATH"] });
});

test.each([
  ["NODE_OPTIONS=--import data:text/javascript,0 --title", "x"],
  ["PATH=/tmp/evil:", "x"],
  ["=", "x"],
  ["", "x"],
  ["ZERO\0", "x"],
  ["ZERO", "x\0y"],
])(
  "the variable %j reaches no process, whatever the flag says: it would be read as another or not at all",
  (name, value) => {
    for (const allowsLoaders of [true, false]) {
      const lines: string[] = [];
      const passed = processVariables(
        { [name]: value, A: "1" },
        {},
        { allowsLoaders, log: (line) => lines.push(line) },
      );
      const { stdout } = spawnSync(process.execPath, ["-p", "JSON.stringify(process.env)"], { env: passed });
      expect(JSON.parse(stdout.toString())).not.toHaveProperty("NODE_OPTIONS");
      expect(passed).toMatchObject({ A: "1", PATH: process.env["PATH"] });
      expect(Object.keys(passed)).not.toContain(name);
      expect(lines).toEqual([expect.stringContaining(`can have such a name or value: ${JSON.stringify(name)}.`)]);
    }
  },
);

function fail(line: string): never {
  throw new Error(line);
}
