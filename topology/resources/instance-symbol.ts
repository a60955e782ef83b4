import { apiHost } from "../../aws/hosts";
import { policyJson } from "../data-sources/policy-json";
import { joined } from "../language/marks";
import { member } from "../language/value";
import { isSymbolicObject, type Symbolic, type SymbolicObject, Unknown } from "../language/unknown";

/** What others see of a resource instance: its arguments, and references to whatever the service assigns. */
export function instanceSymbol(
  address: string,
  type: string,
  values: () => SymbolicObject,
  region: string | undefined,
): Unknown {
  return Unknown.of({ address, attribute: "" }, (name) => {
    const own = member(values(), name);
    const isGiven = own !== undefined && own !== null && !(own instanceof Unknown && own.computed);
    return isGiven ? withOpenMembers(own, address, name) : derived(type, name, address, values(), region);
  });
}

/** Inside a known object, what is left to the provider is a reference, too. */
function withOpenMembers(value: Symbolic, address: string, name: string): Symbolic {
  return value instanceof Unknown && value.references.length === 0 ? Unknown.of({ address, attribute: name }) : value;
}

/** Attributes that the service derives from others, so that both spellings are one value. */
function derived(
  type: string,
  name: string,
  address: string,
  values: SymbolicObject,
  region: string | undefined,
): Symbolic | undefined {
  const id = (attribute: string): Unknown => Unknown.of({ address, attribute });
  const key = `${type}.${name}`;
  if (key === "aws_cognito_user_pool.endpoint" && region !== undefined) {
    return joined([`${apiHost("cognito-idp", region)}/`, id("id")]);
  }
  if (key === "aws_cognito_resource_server.scope_identifiers") return scopeIdentifiers(values);
  if (type === "aws_iam_policy_document" && (name === "json" || name === "minified_json")) {
    return policyJson(address, values, name);
  }
  return undefined;
}

function scopeIdentifiers({ identifier, scope }: SymbolicObject): Symbolic | undefined {
  const scopes = scope === undefined || !Array.isArray(scope) ? undefined : (scope as readonly Symbolic[]);
  if (typeof identifier !== "string" || scopes === undefined) return undefined;
  return scopes
    .filter(isSymbolicObject)
    .flatMap(({ scope_name: name }) => (typeof name === "string" ? [`${identifier}/${name}`] : []));
}
