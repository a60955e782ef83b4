/** What a program needs to run at all: what runs on AWS sees nothing else of this machine, least of all its credentials. */
const MACHINE_VARIABLES = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "LANG", "SystemRoot", "PATHEXT"];

/**
 * Variables with which a program loads code or finds other programs than it would: those of the dynamic linkers, of
 * shells, and of the language runtimes, package runners and web servers that MCP servers are started with. On AWS they act
 * inside a container; here they would act on the machine of whoever tries somebody else's Terraform.
 */
const LOADER_VARIABLES = new RegExp(
  `^(${[
    "PATH|PATHEXT|HOME|XDG_.*|USERPROFILE|APPDATA|LOCALAPPDATA|SystemRoot|ComSpec|TMPDIR|TEMP|TMP",
    "LD_.*|DYLD_.*|GLIBC_TUNABLES|GCONV_PATH|LOCPATH|NLSPATH|MALLOC_.*",
    "ENV|BASH_.*|SHELLOPTS|BASHOPTS|PROMPT_COMMAND|PS4|IFS|CDPATH|ZDOTDIR|SHELL",
    "NODE_(OPTIONS|PATH|REPL_EXTERNAL_MODULE|EXTRA_CA_CERTS|TLS_REJECT_UNAUTHORIZED|V8_COVERAGE|REDIRECT_WARNINGS|COMPILE_CACHE|ICU_DATA|CONFIG_DIR)",
    "npm_.*|NPM_.*|YARN_.*|PNPM_.*|COREPACK_.*|BUN_.*|DENO_.*|TSX_.*|TS_NODE_.*|ELECTRON_RUN_AS_NODE|ESBUILD_BINARY_PATH",
    "NVM_.*|FNM_.*|VOLTA_.*|ASDF_.*|MISE_.*|RBENV_.*|PUPPETEER_.*|PLAYWRIGHT_.*|CHROME_PATH",
    "PYTHON.*|PIP_.*|UV_.*|VIRTUAL_ENV|CONDA_.*|PYENV_.*|POETRY_.*|PIPX_.*",
    "UVICORN_(APP_DIR|ENV_FILE|FACTORY|HTTP|LIFESPAN|LOG_CONFIG|LOOP|WS)|GUNICORN_CMD_ARGS|GRANIAN_.*|FLASK_APP|DJANGO_SETTINGS_MODULE",
    "PERL.*|RUBY.*|GEM_.*|BUNDLE_.*|PHPRC|PHP_INI_SCAN_DIR|LUA_.*|TCLLIBPATH|R_(HOME|LIBS|PROFILE|ENVIRON).*",
    "JAVA_.*|(_|IBM_|OPENJ9_)JAVA_OPTIONS|JDK_.*|CLASSPATH|MAVEN_.*|GRADLE_.*",
    "ERL_.*|ELIXIR_ERL_OPTIONS|MIX_(ARCHIVES|EXS|HOME)|JULIA_.*",
    "DOTNET_.*|CORECLR_.*|COMPLUS_.*|GO(DEBUG|ENV|FLAGS|PATH|PROXY|ROOT|TOOLCHAIN)|CARGO_.*|RUST(C|DOC|FLAGS|UP).*|CC|CXX|MAKEFLAGS",
    "AWS_CONFIG_FILE|AWS_SHARED_CREDENTIALS_FILE|KUBECONFIG|DOCKER_CONFIG|SSLKEYLOGFILE",
    "OPENSSL_.*|SSL_CERT_.*|GIT_.*|SSH_.*|EDITOR|VISUAL|PAGER|LESSOPEN|LESSCLOSE|BROWSER",
  ].join("|")})$`,
  "i",
);

/**
 * What no environment can hold as it is: with an equals sign in its name a variable is read back as another, such as
 * `NODE_OPTIONS` from `NODE_OPTIONS=--import x`, and programs do not start with a zero character.
 */
function isUnreadable([name, value]: readonly [string, string]): boolean {
  return name === "" || /[=\0]/.test(name) || value.includes("\0");
}

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
  const unreadable = Object.entries(declared).filter(isUnreadable);
  if (unreadable.length > 0) {
    log(`Not passed on, since no variable of a process can have such a name or value: ${quoted(unreadable)}.`);
  }
  const readable = Object.entries(declared).filter((variable) => !isUnreadable(variable));
  const names = readable.map(([name]) => name);
  const leftOut = allowsLoaders ? [] : names.filter((name) => LOADER_VARIABLES.test(name));
  if (leftOut.length > 0) {
    log(
      `Not passed on to a local process, since code on this machine can be loaded by it: ${leftOut.join(", ")}. --allow-loader-variables passes everything on.`,
    );
  }
  const passed = readable.filter(([name]) => !leftOut.includes(name));
  const machine = MACHINE_VARIABLES.map((name) => [name, process.env[name]] as const);
  return { ...Object.fromEntries(machine), ...Object.fromEntries(passed), ...own };
}

function quoted(variables: readonly (readonly [string, string])[]): string {
  return variables.map(([name]) => JSON.stringify(name)).join(", ");
}
