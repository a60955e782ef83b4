import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Fn, TerraformLocal, type TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import * as constructs from "../../constructs";
import type { GatewayProps } from "../../constructs";
import type { OptionKind } from "../../options";
import { takenBy, takenWithin } from "../../options/construct-options";
import { REPOSITORY } from "../support/command";
import { createStack } from "./support/synthesized";

type Call = (stack: TerraformStack, options: unknown) => unknown;

const { ValidationError, ...library } = constructs.guarded(constructs);

const pages = (folder: string): [string, string][] =>
  readdirSync(join(REPOSITORY, "docs/api", folder)).map((file) => [
    file.replace(".md", ""),
    readFileSync(join(REPOSITORY, "docs/api", folder, file), "utf8"),
  ]);

interface Option {
  readonly name: string;
  readonly isRequired: boolean;
  readonly kind: OptionKind;
  /** The interface of its objects, or of those of its list. */
  readonly within?: string;
}

/** What extends the interface of constructs can only be of a class. */
const constructsInterfaces = new Set(
  pages("interfaces").flatMap(([name, page]) => (/^- .*`(IConstruct|IGateway)`/m.test(page) ? [`${name}.md`] : [])),
);

function kindOf(type: string): OptionKind {
  const isOfTexts = /^readonly (`string`|\[`\w+`\]\(\S*type-aliases)/.test(type);
  // Interfaces of credentials have members of the library's own, so that only its classes are such.
  const isOfClasses = /\/classes\/|`I\w+Credential`/.test(type);
  if (type.startsWith("readonly ")) return isOfTexts ? "list" : isOfClasses ? "instances" : "objects";
  if (type.includes("`Record`") || /SchemaDefinition/.test(type)) return type.includes("items") ? "object" : "data";
  if (type === "`string`" || type.includes("type-aliases")) return "text";
  if (type === "`number`") return "number";
  if (type === "`boolean`") return "boolean";
  const [, link = ""] = /\]\((.*)\)$/.exec(type) ?? [];
  if (link.startsWith("../classes/") || constructsInterfaces.has(link)) return "instance";
  return /^\[`(?!I[A-Z])\w+`\]\(\w/.test(type) ? "options" : "object";
}

/** What the documented interfaces have, by their names; those of objects that programs make of classes are left out. */
const interfaces = new Map(
  pages("interfaces")
    .filter(([name]) => (!/^I[A-Z]/.test(name) || name === "IHostingEnvironment") && name !== "Problem")
    .map(([name, page]): [string, Option[]] => {
      const rows = page.matchAll(/^\| <a id="property-[^"]*"><\/a> `(\w+)(\?)?` \| [^|]*\| ((?:[^|]|\\\|)*?) \|/gm);
      return [
        name,
        Array.from(rows, ([, option = "", mark, type = ""]) => ({
          name: option,
          isRequired: mark === undefined,
          kind: option === "items" ? "object" : kindOf(type),
          within: /^(?:readonly )?\[`(\w+)`\]/.exec(type)?.[1],
        })),
      ];
    }),
);

/** A switch is a boolean for TypeScript, and options of one name that are of several kinds are not looked at. */
function expectTaken(taken: ReturnType<typeof takenBy>, options: readonly Option[]): void {
  const kinds = options.map(({ name, kind }) => {
    const told = taken.kinds[name];
    const isWider = told === "any" || (told === "object" && kind === "instance");
    return [name, isWider || (told === "knownList" && kind === "list") ? told : kind] as const;
  });
  const told = Object.entries(taken.kinds).map(([name, kind]) => [name, kind === "switch" ? "boolean" : kind]);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(kinds));
  const required = options.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  expect([...taken.required].sort()).toEqual([...new Set(required)].sort());
}

interface Documented {
  readonly called: string;
  readonly options: readonly Option[];
  /** Left out for methods, which need an object of their class. */
  readonly call?: Call;
}

/** Of a type of options, or of several together. */
function optionsOf(type: string): readonly Option[] | undefined {
  if (!/^(\[`\w+`\]\(\S+\)( & )?)+$/.test(type)) return undefined;
  const all = Array.from(type.matchAll(/interfaces\/(\w+)\.md/g), ([, name = ""]) => interfaces.get(name));
  return all.some((each) => each === undefined) || all.length === 0 ? undefined : all.flatMap((each) => each ?? []);
}

/** Every documented constructor and function that takes options. */
const documented = pages("classes").flatMap(([className, page]) =>
  page.split(/^###? /m).flatMap((section): Documented[] => {
    const [, kind = "", name = ""] = /^> (?:`abstract` )?(`static` \*\*|\*\*new |\*\*)(\w+)\*\*\(/m.exec(section) ?? [];
    const parameters = Array.from(section.matchAll(/^\| `(\w+)\??` \| (.*) \|$/gm), ([, parameter, type = ""]) => ({
      parameter,
      options: optionsOf(type),
    }));
    const { options } = parameters.find((each) => each.options !== undefined) ?? {};
    if (options === undefined) return [];
    const made = Reflect.get(library, className) as new (...given: unknown[]) => unknown;
    const given = (stack: TerraformStack, last: unknown): unknown[] =>
      parameters.map((each) => (each.options ? last : each.parameter === "scope" ? stack : "given"));
    if (kind.includes("new")) {
      return [{ called: className, options, call: (stack, last) => new made(...given(stack, last)) }];
    }
    if (!kind.includes("static")) return [{ called: name, options }];
    const call: Call = (stack, last) =>
      (Reflect.get(made, name) as (...all: unknown[]) => unknown)(...given(stack, last));
    return [{ called: `${className}.${name}`, options, call }];
  }),
);
const calls = documented.flatMap(({ called, options, call }) =>
  call === undefined ? [] : [[called, options, call] as const],
);

function refusal(call: Call, options: unknown): unknown {
  try {
    call(createStack(), options);
    return undefined;
  } catch (error) {
    return error;
  }
}

test("what calls take and need is known", () => {
  expect(calls.length).toBeGreaterThan(50);
  for (const { called, options } of documented) expectTaken(takenBy(called), options);
});

test("what the objects of options take is known", () => {
  const all = documented.flatMap(({ options }) => options);
  for (const { name, within = "", kind } of all.filter(
    (each) => interfaces.has(each.within ?? "") && each.kind !== "data",
  )) {
    expect(kind).not.toBe("text");
    const taken = takenWithin(name);
    if (taken === undefined) throw new Error(`${name} is not looked into.`);
    expectTaken(taken, interfaces.get(within) ?? []);
  }
});

describe.each(calls)("%s", (called, options, call) => {
  const refused = (given: unknown, sentence: string) => {
    const error = refusal(call, given);
    expect(error).toBeInstanceOf(ValidationError);
    expect(String(error)).toContain(sentence);
  };

  const values: Partial<Record<OptionKind, unknown>> = {
    text: "a",
    number: 1,
    boolean: true,
    list: ["a"],
    objects: [],
    instances: [],
    instance: library.GatewayAuthorizer.usingAwsIam(),
  };
  const { kinds, required } = takenBy(called);

  test("refuses what is no option, but nearly one", () => {
    for (const { name, kind } of options) {
      const nearly = `${name}${name.slice(-1)}`;
      if (Object.hasOwn(kinds, nearly)) continue;
      refused({ [nearly]: values[kind] ?? {} }, `There is no option "${nearly}": write `);
    }
  });

  test("takes what is nearly an option's name for a program's own where it cannot be the option's value", () => {
    for (const { name, kind } of options.filter((each) => kinds[each.name] !== "any")) {
      const nearly = `${name}${name.slice(-1)}`;
      const message = String(refusal(call, { [nearly]: kind === "number" ? "a" : 1, [`${name}Of`]: null }));
      expect(message).not.toContain("There is no option");
    }
  });

  test("refuses null and another kind", () => {
    for (const { name, kind } of options.filter((each) => kinds[each.name] !== "any")) {
      refused({ [name]: null }, `${name} is null: pass`);
      refused({ [name]: kind === "text" ? ["a text"] : "a text" }, `${name} is `);
      if (kinds[name] === "instance") {
        refused({ [name]: {} }, `${name} is an object: pass what a class of the package makes.`);
      }
    }
  });

  test("refuses to do without what it needs", () => {
    for (const name of required) refused({}, `There is no ${name}: pass it.`);
  });
});

const {
  Gateway,
  GatewayAuthorizer,
  InboundUserPool,
  McpServerBehindGateway,
  OAuth2CredentialProvider,
  WorkloadIdentity,
} = library;
const { AgentRuntimeArtifact, Runtime, RuntimeNetworkConfiguration, UserSignIn } = library;
const authorizerConfiguration = GatewayAuthorizer.usingAwsIam();
const untyped = (value: unknown) => value as never;

test.each<[string, string, (stack: TerraformStack) => unknown]>([
  [
    "a text for a list",
    'stack/tools: interceptorConfigurations is the text "a": pass a list, ["a"].',
    (stack) => new Gateway(stack, "tools", { authorizerConfiguration, interceptorConfigurations: untyped("a") }),
  ],
  [
    "an object for a list",
    "stack/tools: interceptorConfigurations is an object: pass a list.",
    (stack) => new Gateway(stack, "tools", { authorizerConfiguration, interceptorConfigurations: untyped({}) }),
  ],
  [
    "a text inside",
    'stack/mcp: allowlistedHeaders is the text "X-Tenant": pass a list, ["X-Tenant"].',
    (stack) => {
      const requestHeaderConfiguration = { allowlistedHeaders: untyped("X-Tenant") };
      return new McpServerBehindGateway(stack, "mcp", { projectName: "demo", requestHeaderConfiguration });
    },
  ],
  [
    "a misspelt option",
    'stack/agent: There is no option "workloadIdentityNmae": write workloadIdentityName.',
    (stack) => new WorkloadIdentity(stack, "agent", untyped({ workloadIdentityNmae: "agent" })),
  ],
  [
    "no properties",
    "stack/x: There is no value 3 of the 3 of McpServerBehindGateway: pass it.",
    (stack) => new McpServerBehindGateway(stack, "x", untyped(undefined)),
  ],
  [
    "a text for the scopes of a machine's client",
    'addMachineClient: scopes is the text "read": pass a list, ["read"].',
    (stack) => new InboundUserPool(stack, "people").addMachineClient("robot", { scopes: untyped("read") }),
  ],
  [
    "a switch that only the apply knows",
    "stack/people: deletionProtection is known only at the apply: pass true or false.",
    (stack) => new InboundUserPool(stack, "people", { deletionProtection: untyped(Fn.tobool("true")) }),
  ],
  [
    "a list of objects that only the apply knows",
    "stack/people: signIn is known only at the apply: pass a list.",
    (stack) => new InboundUserPool(stack, "people", { signIn: untyped(Fn.concat([["a"]])) }),
  ],
  [
    "a list of names that only the apply knows",
    "addMachineClient: scopes is known only at the apply: pass a list.",
    (stack) => new InboundUserPool(stack, "people").addMachineClient("robot", { scopes: Token.asList("${var.a}") }),
  ],
  [
    "what is left out of options within",
    "stack/people: There is no customDomain.domainName: pass it.",
    (stack) => new InboundUserPool(stack, "people", { customDomain: untyped({ certificateArn: "a" }) }),
  ],
  [
    "a text in the place of options",
    'stack/agent: Value 3 of the 3 of Gateway is the text "a": pass an object.',
    (stack) => new Gateway(stack, "agent", untyped("a")),
  ],
  [
    "a number in a list of texts",
    "GatewayAuthorizer.usingCustomJwt: An entry of allowedClients is 5: pass a text.",
    () => GatewayAuthorizer.usingCustomJwt({ discoveryUrl: "a", allowedClients: untyped([5]) }),
  ],
  [
    "a text in a list of objects",
    'stack/people: An entry of scopes is the text "read": pass an object.',
    (stack) => new InboundUserPool(stack, "people", { scopes: untyped(["read"]) }),
  ],
  [
    "null in a map",
    "stack/people: tags.team is null: pass a text, or leave it out.",
    (stack) => new InboundUserPool(stack, "people", { tags: untyped({ team: null }) }),
  ],
  [
    "a number in a map",
    "stack/people: tags.team is 5: pass a text.",
    (stack) => new InboundUserPool(stack, "people", { tags: untyped({ team: 5 }) }),
  ],
  [
    "an object for a scope",
    "WorkloadIdentity: Value 1 of WorkloadIdentity is an object: pass a construct, such as the stack.",
    () => new WorkloadIdentity(untyped({}), "agent"),
  ],
  [
    "a number for an id",
    "Value 2 of InboundUserPool.fromUserPoolAttributes is 5: pass a text that names it in its scope.",
    (stack) => InboundUserPool.fromUserPoolAttributes(stack, untyped(5), { userPoolId: "a", clientId: "b" }),
  ],
  [
    "an object for what a class makes in a list",
    "stack/people: An entry of signIn is an object: pass what a class of the package makes.",
    (stack) => new InboundUserPool(stack, "people", { signIn: [untyped({})] }),
  ],
  [
    "an object for a user pool",
    "GatewayAuthorizer.usingCognito: There is no userPool.clientId: pass it. There is no userPool.discoveryUrl: pass it.",
    () => GatewayAuthorizer.usingCognito({ userPool: untyped({}) }),
  ],
  [
    "an object for the tools of a function",
    "The tool schema is not valid: it is no list of objects; pass",
    () => library.ToolSchema.fromInline(untyped({})),
  ],
  [
    "a tool of a function without an input",
    "The tool schema is not valid: a tool has no inputSchema; give",
    () => library.ToolSchema.fromInline([untyped({ name: "find" })]),
  ],
  [
    "an object for the tools of a server",
    "The tool schema is not valid: it is no list of objects; pass",
    () => library.McpToolSchema.fromInline(untyped({})),
  ],
  [
    "a grant to nobody",
    "There is no value 1 of the 1 of grantInvoke: pass it.",
    (stack) => new Gateway(stack, "tools", { authorizerConfiguration }).grantInvoke(untyped(undefined)),
  ],
  [
    "a grant to what is no role",
    "There is no arn: pass it. There is no name: pass it.",
    (stack) => new Gateway(stack, "tools", { authorizerConfiguration }).grantInvoke(untyped({})),
  ],
  [
    "an object for a gateway",
    "stack/mcp: There is no gateway.gatewayArn: pass it.",
    (stack) => new McpServerBehindGateway(stack, "mcp", { projectName: "demo", gateway: untyped({}) }),
  ],
  [
    "an object for a credential",
    "An entry of credentialProviderConfigurations is an object: pass what a class of the package makes.",
    (stack) =>
      new Gateway(stack, "tools", { authorizerConfiguration }).addMcpServerTarget("crm", {
        endpoint: "https://crm.example.com/mcp",
        credentialProviderConfigurations: [untyped({})],
      }),
  ],
  [
    "a map that holds itself",
    "stack/people: tags holds itself: pass what ends.",
    (stack) => {
      const tags: Record<string, unknown> = {};
      tags["tags"] = [tags];
      return new InboundUserPool(stack, "people", { tags: untyped(tags) });
    },
  ],
  [
    "a stack in the place of options",
    "There is no clientSecretArn: pass it.",
    (stack) => OAuth2CredentialProvider.fromOAuth2CredentialProviderAttributes(untyped(stack)),
  ],
])("%s is refused by a sentence", (_, sentence, make) => {
  expect(() => make(createStack())).toThrow(ValidationError);
  expect(() => make(createStack())).toThrow(sentence);
});

test("what is right goes through, with values that are known later, and with classes made of those of the library", () => {
  class Tools extends Gateway {
    constructor(scope: TerraformStack, id: string, props: GatewayProps & { readonly gatewayNames: string }) {
      super(scope, id, props);
    }
  }
  const stack = createStack();
  const later = Fn.split(",", Fn.join(",", ["a"]));
  const pool = new InboundUserPool(stack, "people", {
    passwordPolicy: { requireDigits: untyped(Fn.tobool("true")) },
    tags: { lambdaHandler: "any name" },
  });
  const gateway = new Tools(stack, "tools", {
    authorizerConfiguration: GatewayAuthorizer.usingCognito({ userPool: pool, allowedClients: later }),
    description: undefined,
    gatewayNames: "of its own",
  });
  const shared = { workloadIdentityName: "agent", team: "of a program" };
  expect(new WorkloadIdentity(stack, "agent", { ...shared }).node.path).toBe("stack/agent");
  expect(gateway).toBeInstanceOf(Gateway);
  expect(gateway).toBeInstanceOf(constructs.GatewayBase);
  expect(gateway.gatewayName).toMatch(/tools/);
});

test("an object that is spread may have what others take", () => {
  const settings = {
    projectName: "acme",
    stage: 3,
    region: { name: "us-east-1" },
    scopes: "read",
    gateways: [1],
    role: 5,
  };
  const stack = createStack();
  expect(new WorkloadIdentity(stack, "agent", { ...settings, workloadIdentityName: "agent" }).node.path).toBe(
    "stack/agent",
  );
  const tools = { ...settings, role: undefined, tag: "v1", authorizerConfiguration };
  expect(new Gateway(stack, "tools", tools).node.path).toBe("stack/tools");
});

describe("what is known later, in the forms that CDKTF has for it, comes to where it belongs", () => {
  const forms: [string, (stack: TerraformStack, type: string) => unknown, (type: string) => string][] = [
    [
      "the value of a variable",
      (stack, type) => new TerraformVariable(stack, type, {}).value as unknown,
      (type) => `\${var.${type}}`,
    ],
    [
      "the expression of a local value",
      (stack, type) => new TerraformLocal(stack, type, "${var.later}").expression as unknown,
      (type) => `\${local.${type}}`,
    ],
    [
      "what a function of Terraform gives",
      (stack, type) => Fn.lookup(new TerraformVariable(stack, type, {}).value, "all") as unknown,
      (type) => `\${var.${type}.all}`,
    ],
  ];

  test.each(forms)("%s", (_, make, later) => {
    const stack = createStack();
    const number = untyped(Fn.max([1, 2]));
    const [text, list, map] = [make(stack, "text"), make(stack, "list"), make(stack, "map")].map(untyped) as [
      never,
      never,
      never,
    ];
    class Own extends Gateway {}
    const signIn = [UserSignIn.authorizationCode({ callbackUrls: list, logoutUrls: list })];
    new InboundUserPool(stack, "people", { signIn });
    const made = new Own(stack, "own", { authorizerConfiguration, tags: map, description: text });
    made.addMcpServerTarget("target", { endpoint: text, credentialProviderConfigurations: [] });
    new Gateway(stack, "tools", {
      authorizerConfiguration: GatewayAuthorizer.usingCustomJwt({
        discoveryUrl: "https://a.example.com/.well-known/openid-configuration",
        allowedClients: list,
      }),
    });
    new Runtime(stack, "agent", {
      agentRuntimeArtifact: AgentRuntimeArtifact.fromImageUri({ containerUri: text, repositoryArn: text }),
      networkConfiguration: RuntimeNetworkConfiguration.usingVpc({ subnetIds: list, securityGroupIds: [text] }),
      environmentVariables: map,
      tags: { team: text },
      runtimeName: number,
    });
    const { resource } = JSON.parse(Testing.synth(stack)) as { resource: Record<string, Record<string, unknown>> };
    const [own, tools] = Object.values(resource["aws_bedrockagentcore_gateway"] ?? {});
    expect(own).toMatchObject({ tags: later("map"), description: later("text") });
    expect(Object.values(resource["aws_cognito_user_pool_client"] ?? {})).toMatchObject([
      { callback_urls: later("list"), logout_urls: later("list") },
    ]);
    const target = [{ mcp: [{ mcp_server: [{ endpoint: later("text") }] }] }];
    expect(Object.values(resource["aws_bedrockagentcore_gateway_target"] ?? {})).toMatchObject([
      { target_configuration: target },
    ]);
    const authorizer = [{ custom_jwt_authorizer: [{ allowed_clients: later("list") }] }];
    expect(tools).toMatchObject({ authorizer_configuration: authorizer });
    expect(Object.values(resource["aws_bedrockagentcore_agent_runtime"] ?? {})).toMatchObject([
      {
        agent_runtime_artifact: [{ container_configuration: [{ container_uri: later("text") }] }],
        network_configuration: [
          { network_mode_config: [{ subnets: later("list"), security_groups: [later("text")] }] },
        ],
        environment_variables: later("map"),
        tags: { team: later("text") },
        agent_runtime_name: "${max(1, 2)}",
      },
    ]);
  });
});

test("what a test puts in the place of a static method stays there", () => {
  const { AgentRuntimeArtifact } = library;
  const made = AgentRuntimeArtifact.fromImageUri({ containerUri: "a", repositoryArn: "b" });
  const replaced = jest.spyOn(AgentRuntimeArtifact, "fromImageUri").mockReturnValue(made);
  expect(AgentRuntimeArtifact.fromImageUri({ containerUri: "c" })).toBe(made);
  expect(replaced).toHaveBeenCalledTimes(1);
  replaced.mockRestore();
  expect(AgentRuntimeArtifact.fromImageUri({ containerUri: "a", repositoryArn: "b" })).not.toBe(made);
});
