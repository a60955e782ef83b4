import { dnsSuffix } from "../../aws/hosts";
import { isObject } from "../json";
import { type JsonSchema, type Location, TargetDocumentError } from "../target-kind";

type Scope = Readonly<Record<string, unknown>>;

/** What SDKs give the parameters of a rule set that stand for their settings: Smithy, "Rules engine built-ins". */
function builtIn(name: unknown, { region }: Location): unknown {
  if (name === "AWS::Region") return region;
  return name === "AWS::UseFIPS" || name === "AWS::UseDualStack" ? false : undefined;
}

/** What rules come to. */
export interface RuledEndpoint {
  readonly url: unknown;
  /** What requests to it are signed for. @default - what the service says, in the gateway's region */
  readonly signingName?: string;
  readonly signingRegion?: string;
}

/**
 * The endpoint that the rules of a service come to, for a region and no other settings.
 *
 * @see https://smithy.io/2.0/additional-specs/rules-engine/specification.html
 * @throws TargetDocumentError
 */
export function endpointOfRules({ parameters, rules }: JsonSchema, location: Location): RuledEndpoint {
  const declared = Object.entries(isObject(parameters) ? parameters : {});
  const scope = Object.fromEntries(
    declared.map(([name, parameter]) => {
      const { builtIn: setting, default: value } = isObject(parameter) ? parameter : {};
      return [name, builtIn(setting, location) ?? value];
    }),
  );
  return new Evaluation(location).firstOf(rules, scope);
}

/** Far more than the rules of any of AWS's services take, and shallow enough for the stack. */
const MOST_STEPS = 1_000;

class Evaluation {
  private steps = 0;

  constructor(private readonly location: Location) {}

  /** A rule whose conditions hold decides, also where those within it do not. */
  firstOf(rules: unknown, scope: Scope): RuledEndpoint {
    this.step();
    for (const rule of Array.isArray(rules) ? (rules as unknown[]) : []) {
      if (!isObject(rule)) continue;
      const inner = this.matched(rule["conditions"], scope);
      if (!inner) continue;
      if (rule["rules"] !== undefined) return this.firstOf(rule["rules"], inner);
      const { endpoint, error } = rule;
      if (isObject(endpoint)) {
        return { url: this.value(endpoint["url"], inner), ...this.signing(endpoint["properties"], inner) };
      }
      throw new TargetDocumentError(`The endpoint rules end in an error: ${String(this.value(error, inner))}`);
    }
    throw new TargetDocumentError(`The endpoint rules have no endpoint for the region ${this.location.region}.`);
  }

  /** @see https://smithy.io/2.0/aws/rules-engine/auth-schemes.html */
  private signing(properties: unknown, scope: Scope): Partial<RuledEndpoint> {
    const schemes: unknown = isObject(properties) ? properties["authSchemes"] : undefined;
    const scheme = Array.isArray(schemes) ? schemes.filter(isObject).find(({ name }) => name === "sigv4") : undefined;
    const texts = ["signingName", "signingRegion"].flatMap((name) => {
      const text = this.value(scheme?.[name], scope);
      return typeof text === "string" ? [[name, text] as const] : [];
    });
    return Object.fromEntries(texts);
  }

  /** @returns the scope with what the conditions assign; undefined where one does not hold */
  private matched(conditions: unknown, scope: Scope): Scope | undefined {
    let inner = scope;
    for (const condition of Array.isArray(conditions) ? (conditions as unknown[]) : []) {
      const value = this.value(condition, inner);
      if (value === undefined || value === null || value === false) return undefined;
      const name = isObject(condition) ? condition["assign"] : undefined;
      if (typeof name === "string") inner = { ...inner, [name]: value };
    }
    return inner;
  }

  private step(): void {
    if (++this.steps > MOST_STEPS) {
      throw new TargetDocumentError("The endpoint rules are too many to be emulated.", true);
    }
  }

  private value(expression: unknown, scope: Scope): unknown {
    this.step();
    if (typeof expression === "string") return filled(expression, scope);
    if (!isObject(expression)) return expression;
    if (typeof expression["ref"] === "string") return memberAt(scope, expression["ref"]);
    const { fn, argv } = expression;
    const [first, second] = (Array.isArray(argv) ? (argv as unknown[]) : []).map((each) => this.value(each, scope));
    switch (fn) {
      case "isSet":
        return first !== undefined && first !== null;
      case "not":
        return first !== true;
      case "booleanEquals":
      case "stringEquals":
        return first === second;
      case "getAttr":
        return memberAt(first, String(second));
      case "aws.partition":
        return partitionOf(this.location);
      default:
        throw new TargetDocumentError(`The function ${String(fn)} of endpoint rules is not emulated.`, true);
    }
  }
}

/** AWS, "AWS rules engine library functions". A target's region is its gateway's. */
function partitionOf({ region, partition }: Location): object {
  return {
    name: partition,
    dnsSuffix: dnsSuffix(partition),
    supportsFIPS: true,
    supportsDualStack: true,
    implicitGlobalRegion: region,
  };
}

function memberAt(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** `{Region}`, and `{PartitionResult#dnsSuffix}` for a member. */
function filled(template: string, scope: Scope): string {
  return template.replace(/\{([^{}]*)\}/g, (_, path: string) => {
    const value = path.split("#").reduce<unknown>(memberAt, scope);
    return typeof value === "string" ? value : "";
  });
}
