interface Usage {
  readonly head: string;
  readonly options: string;
  /** Whether the command signs in to a gateway. */
  readonly signsIn?: boolean;
}

const READING = `
-var NAME=VALUE, -var-file FILE
                    values of a configuration's variables, as for Terraform; *.tfvars and TF_VAR_ are read, too
--source DIR        the configuration that a plan was made of, for the texts that a plan hides`;

/** What every command that runs the emulator takes. */
const EMULATOR = `--server COMMAND    the MCP server to start (default: the bundled one); it is told HOST and PORT
--server-port N     the port on which that server listens whatever it is told, such as 8000
--runtime NAME=COMMAND
                    another MCP server for the runtime of this name
--lambda NAME=FILE#EXPORT
                    the module, in JavaScript or Python, whose function stands for the Lambda function of this name
--run-lambda-packages
                    run the code of Lambda functions that terraform or an SDK creates with a .zip: only for code that you
                    trust
--host HOST=ORIGIN  the server of this machine that stands for a host outside of AWS
--allow-loader-variables
                    pass variables of runtimes and functions on that load code (NODE_OPTIONS, LD_PRELOAD, PATH and
                    their kind): only for Terraform that you trust
--issuer HOST       stand in for the OpenID issuers of this host, with a page that signs anybody in
--port N            the port to listen on (default: 4700); 0 picks a free one
--listen ADDRESS    0.0.0.0 or ::, to be reached by neighbours, as in a network of containers (default: 127.0.0.1)
--allow-host NAME   answer to this host name too, and give its callers URLs that begin with it
--seed TEXT         the same text gives the same ids and keys
--clock TIME        a moment (2027-01-31T12:00:00Z) or a shift (+1h30m) for the emulated clock
`;

const COMMANDS: Readonly<Record<string, Usage>> = {
  up: {
    head: "up [PATH|-]         emulate a folder of Terraform, a cdktf.out or a plan (default: cdktf.out)",
    options: `
PATH                a folder or file in HCL (*.tf) or Terraform JSON, a cdktf.out, or what
                    \`terraform show -json PLAN\` prints${READING}
--skip-unsupported  leave out what is not supported, and say so, instead of ending
--keep-going        deploy what does not wait for a resource that AWS refuses, and end with status 1, instead of ending
--data ADDRESS=JSON what the data source at this address answers (default: what a stand-in does), or what a resource
                    that is not created here has, such as a database its address; @FILE holds the JSON
${EMULATOR}--watch             start the server anew when its source changes, and read its tools again; a deployment
                    that fails is tried again then
--state FILE        keep ids, keys and users in this file from one start to the next
--keep              go on serving when the deployment fails, so that a browser can show why
--walk              sign in as somebody whom the gateway lets in, and make the first calls, showing each
--once              stop after that`,
  },
  serve: {
    head: "serve               emulate an account in which nothing is deployed, for terraform, the AWS CLI and SDKs",
    options: `
${EMULATOR}--state FILE        keep the account in this file from one start to the next
--region REGION     the account's region (default: AWS_REGION, or us-east-1)`,
  },
  terraform: {
    head: "terraform ARGS…     run terraform or tofu with the emulated account instead of AWS; images are not built",
    options: `
--tofu              run tofu
--state FILE        where the account is kept while no emulator runs (default: .terraform/cdktf-agentcore.json)
${EMULATOR}                    The options stand before ARGS. An emulator that runs already is used, with its own options.`,
  },
  output: {
    head: "output [NAME]       what `terraform output` would say, asked of the running emulator",
    options: `
-raw                the value alone, without quotes
-json               as JSON
--port N            the emulator's port (default: 4700)`,
  },
  tools: {
    head: "tools               list the gateway's tools with their arguments",
    options: `
--json              as the gateway describes them`,
    signsIn: true,
  },
  call: {
    head: "call TOOL [JSON]    call a tool, by its whole name or by the part after ___",
    options: `
--json              the whole result`,
    signsIn: true,
  },
  token: { head: "token               print an access token for the gateway", options: "", signsIn: true },
  review: {
    head: "review [FILE|-]     who may call whom, what each role may do, and what is wrong (default: cdktf.out)",
    options: `
FILE                a folder or file in HCL (*.tf) or Terraform JSON, a cdktf.out, or what
                    \`terraform show -json PLAN\` prints${READING}
--format FORMAT     text (default), json, sarif, junit, code-quality (GitLab), markdown or mermaid
--report FORMAT=FILE
                    writes another report into a file; may be given several times
--only RULE, --skip RULE
                    the rules to apply, or to leave out; commas or several options for several rules
--fail-on SEVERITY  what ends with exit status 1: error (default), warning (errors, too) or never
--strict            so does anything that could not be checked
--baseline FILE     findings that are known already and do not count
--write-baseline FILE
                    writes what is found now as such a file
--acknowledgements FILE
                    the warnings that somebody accepts, with reasons
--config FILE       only, skip, failOn, strict, baseline and acknowledgements as JSON (default:
                    cdktf-agentcore.json, where there is one)`,
  },
};

const SIGN_IN = `
--port N            the emulator's port (default: 4700)
--outputs FILE      a deployed gateway: FILE holds what \`terraform output -json\` says, - is standard input
--gateway NAME      the one of this name (default: the stack's output gateway_url, or the emulator's only gateway)
--username NAME, --password TEXT
                    who signs in (default: CDKTF_AGENTCORE_USERNAME and CDKTF_AGENTCORE_PASSWORD in the
                    environment, or else on the emulator a user made for it); a stack without the outputs
                    inbound_user_pool_id and inbound_client_id is called with AWS credentials instead
--code DIGITS       the user's second factor, where the pool asks for one (default: asked for at the terminal)
--token TEXT        a token that you have (default: CDKTF_AGENTCORE_TOKEN in the environment)
--browser           sign in with a browser, where the gateway says; --redirect-uri URL names one of the client's
                    callback URLs on this machine (default: on the emulator, the first one)
--client-id ID, --client-secret TEXT
                    a client that speaks for itself or, with --browser, for the user (default:
                    CDKTF_AGENTCORE_CLIENT_ID and CDKTF_AGENTCORE_CLIENT_SECRET in the environment)
--scope TEXT        what to ask for, with --browser or as a client
--issuer ISSUER     a token of an issuer that the emulator stands in for; --claims JSON says what is in it`;

/** How one command is used, or all of them. */
export function describeUsage(command?: string): string {
  const one = command === undefined ? undefined : COMMANDS[command];
  const text = one
    ? `\n  ${one.head}${indent(one.options)}${one.signsIn ? indent(SIGN_IN) : ""}\n`
    : `${Object.values(COMMANDS)
        .map(({ head, options }) => `\n  ${head}${indent(options)}\n`)
        .join("")}
  tools, call and token sign in to the gateway first:${indent(SIGN_IN)}
`;
  return `Usage: cdktf-agentcore COMMAND [OPTIONS]
${text}
Options of one command: help COMMAND, or --help after it, but after terraform, whose own it is. Exit status: 0 fine,
1 a failed deployment or call or an error found, 2 unusable input, 3 a fault of this program.
`;
}

function indent(options: string): string {
  return options.replace(/\n/g, "\n    ");
}
