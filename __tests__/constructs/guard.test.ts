import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Fn, type TerraformStack } from "cdktf";
import * as constructs from "../../constructs";
import type { GatewayProps } from "../../constructs";
import type { OptionKind } from "../../options";
import { KINDS, requiredBy } from "../../options/construct-options";
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
}

function kindOf(type: string): OptionKind {
  if (type.startsWith("readonly ")) return "list";
  if (type.includes("`Record`") || /SchemaDefinition/.test(type)) return type.includes("items") ? "object" : "data";
  if (type === "`string`" || type.includes("type-aliases")) return "text";
  if (type === "`number`") return "number";
  if (type === "`boolean`") return "boolean";
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
        })),
      ];
    }),
);

test("the names of all options are known, with what they take", () => {
  const documented = new Map<string, Set<string>>();
  for (const { name, kind } of [...interfaces.values()].flat()) {
    documented.set(name, (documented.get(name) ?? new Set<string>()).add(kind));
  }
  const expected = [...documented].map(([name, kinds]) => [name, kinds.size > 1 ? "any" : [...kinds][0]]);
  expect(KINDS).toEqual(Object.fromEntries(expected));
});

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

test("what calls need is known", () => {
  expect(calls.length).toBeGreaterThan(50);
  const needed = documented.map(({ called, options }) => [
    called,
    options.flatMap(({ name, isRequired }) => (isRequired ? [name] : [])),
  ]);
  expect(needed).toEqual(documented.map(({ called }) => [called, requiredBy(called)]));
});

describe.each(calls)("%s", (called, options, call) => {
  const refused = (given: unknown, sentence: string) => {
    const error = refusal(call, given);
    expect(error).toBeInstanceOf(ValidationError);
    expect(String(error)).toContain(sentence);
  };

  test("refuses what is no option, but nearly one", () => {
    for (const { name } of options) {
      const nearly = `${name}${name.slice(-1)}`;
      if (!Object.hasOwn(KINDS, nearly)) refused({ [nearly]: 1 }, `There is no option "${nearly}": write `);
    }
  });

  test("refuses null and another kind", () => {
    for (const { name, kind } of options.filter((each) => KINDS[each.name] !== "any")) {
      refused({ [name]: null }, `${name} is null: pass`);
      refused({ [name]: kind === "text" ? ["a text"] : "a text" }, `${name} is `);
    }
  });

  test("refuses to do without what it needs", () => {
    for (const name of requiredBy(called)) refused({}, `There is no ${name}: pass it.`);
  });
});

const { Gateway, GatewayAuthorizer, InboundUserPool, McpServerBehindGateway, WorkloadIdentity } = library;
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
    deletionProtection: untyped(Fn.tobool("true")),
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
