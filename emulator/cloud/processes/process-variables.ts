/** What a program needs to run at all: what runs on AWS sees nothing else of this machine, least of all its credentials. */
const MACHINE_VARIABLES = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "LANG", "SystemRoot", "PATHEXT"];

/**
 * Variables with which a program loads code or finds other programs than it would: those of the dynamic linkers, of
 * shells, and of the language runtimes and package runners that MCP servers are started with. On AWS they act inside a
 * container; here they would act on the machine of whoever tries somebody else's Terraform.
 */
const LOADER_VARIABLES = new RegExp(
  `^(${[
    "PATH|PATHEXT|HOME|SystemRoot|ComSpec|TMPDIR|TEMP|TMP",
    "LD_.*|DYLD_.*|GLIBC_TUNABLES|GCONV_PATH|LOCPATH|NLSPATH|MALLOC_.*",
    "ENV|BASH_.*|SHELLOPTS|BASHOPTS|PROMPT_COMMAND|PS4|IFS|CDPATH|ZDOTDIR|SHELL",
    "NODE_(OPTIONS|PATH|REPL_EXTERNAL_MODULE|EXTRA_CA_CERTS|TLS_REJECT_UNAUTHORIZED|V8_COVERAGE|COMPILE_CACHE|ICU_DATA)",
    "npm_.*|NPM_.*|YARN_.*|PNPM_.*|COREPACK_.*|BUN_.*|DENO_.*|TSX_.*|TS_NODE_.*|ELECTRON_RUN_AS_NODE",
    "PYTHON.*|PIP_.*|UV_.*|VIRTUAL_ENV|CONDA_.*|PYENV_.*|POETRY_.*|PIPX_.*",
    "PERL.*|RUBY.*|GEM_.*|BUNDLE_.*|PHPRC|PHP_INI_SCAN_DIR|LUA_.*|TCLLIBPATH|R_(HOME|LIBS|PROFILE|ENVIRON).*",
    "JAVA_.*|_JAVA_OPTIONS|JDK_.*|CLASSPATH|MAVEN_.*|GRADLE_.*",
    "DOTNET_.*|CORECLR_.*|COMPLUS_.*|GODEBUG|GOFLAGS|CARGO_.*|RUSTC_.*",
    "OPENSSL_.*|SSL_CERT_.*|GIT_.*|SSH_.*|EDITOR|VISUAL|PAGER|LESSOPEN|LESSCLOSE|BROWSER",
  ].join("|")})$`,
  "i",
);

export interface VariablesOptions {
  /** Passes variables on that load code. */
  readonly allowsLoaders: boolean;
  /** Is told which variables were left out. */
  readonly log: (line: string) => void;
}

/**
 * The environment of a process that stands for something on AWS.
 *
 * @param declared variables as Terraform or an API call has them
 * @param own what the emulator tells the process; it wins
 */
export function processVariables(
  declared: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>>,
  { allowsLoaders, log }: VariablesOptions,
): NodeJS.ProcessEnv {
  const leftOut = allowsLoaders ? [] : Object.keys(declared).filter((name) => LOADER_VARIABLES.test(name));
  if (leftOut.length > 0) {
    log(
      `Not passed on to a local process, since code on this machine can be loaded by it: ${leftOut.join(", ")}. --allow-loader-variables passes everything on.`,
    );
  }
  const passed = Object.entries(declared).filter(([name]) => !leftOut.includes(name));
  const machine = MACHINE_VARIABLES.map((name) => [name, process.env[name]] as const);
  return { ...Object.fromEntries(machine), ...Object.fromEntries(passed), ...own };
}
