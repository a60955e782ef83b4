import {
  credentialLabel,
  describeText,
  type Gateway,
  type Issuer,
  type JwtAuthorizer,
  type Role,
  type Statement,
  type System,
  type Target,
  type Text,
  type TextList,
  Unknown,
} from "../topology";
import { sole } from "./evidence/certainty";
import { type Clients, clientsOf } from "./evidence/clients";
import { roleUses } from "./roles/role-users";

/** A token, signature or nothing, that somebody shows to the next. */
export interface Credential {
  /** `JWT`, `SigV4`, `API key`, another of `targets/credentials/`, `none`, or `unknown`. */
  readonly type: string;
  /** Who issues the token: a user pool's address, or a discovery URL. */
  readonly issuer?: string;
  readonly clients: readonly string[];
  readonly audience: readonly string[];
  readonly scopes: readonly string[];
}

/** One way from a caller through a gateway to what a target calls. */
export interface CallPath {
  readonly gateway: string;
  readonly gatewayRole?: string;
  /** What a caller shows to the gateway. */
  readonly inbound: Credential;
  /** Left out for a gateway without targets. */
  readonly target?: string;
  /** What the gateway shows to the target. */
  readonly outbound?: Credential;
  /** The address of the runtime, function or REST API, or the endpoint of something else. */
  readonly destination?: string;
  /** What the runtime accepts. */
  readonly accepted?: Credential;
  readonly runtimeRole?: string;
}

/** What a role may do, statement by statement. */
export interface RolePermission {
  readonly role: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** Every path through the system, with targets whose gateway is not shown, and the runtimes that nothing calls. */
export function authMap(system: System): CallPath[] {
  const { gateways, runtimes, targets } = system;
  const clients = clientsOf(system);
  const called = new Set(targets.flatMap(({ runtime }) => runtime));
  const alone = runtimes.filter((runtime) => !called.has(runtime));
  return [
    ...gateways.flatMap((gateway) => gatewayPaths(gateway, clients)),
    ...targets
      .filter(({ gateway }) => gateway.length === 0)
      .map((target) => ({
        gateway: target.gatewayIdentifier === undefined ? "(not shown)" : short(target.gatewayIdentifier),
        inbound: credentialOf(undefined, undefined, clients),
        ...targetPath(target, clients),
      })),
    ...alone.map(({ address, inbound, authorizer, role }) => ({
      gateway: "",
      inbound: credentialOf(inbound, authorizer, clients),
      destination: address,
      accepted: credentialOf(inbound, authorizer, clients),
      runtimeRole: sole(role)?.address,
    })),
  ];
}

function gatewayPaths(gateway: Gateway, clients: Clients): CallPath[] {
  const own = {
    gateway: gateway.address,
    gatewayRole: roleName(gateway),
    inbound: credentialOf(gateway.inbound, gateway.authorizer, clients),
  };
  if (gateway.targets.length === 0) return [own];
  return gateway.targets.map((target) => ({ ...own, ...targetPath(target, clients) }));
}

function roleName({ role, roleArn }: Gateway): string | undefined {
  return sole(role)?.address ?? (roleArn === undefined ? undefined : describeText(roleArn));
}

function targetPath(target: Target, clients: Clients): Omit<CallPath, "gateway" | "gatewayRole" | "inbound"> {
  const runtime = sole(target.runtime);
  return {
    target: target.address,
    outbound: outboundCredential(target, clients),
    destination: runtime?.address ?? destinationOf(target),
    accepted: runtime && credentialOf(runtime.inbound, runtime.authorizer, clients),
    runtimeRole: runtime && sole(runtime.role)?.address,
  };
}

/** What is called where it is no runtime of the stack, as far as the source shows it. */
function destinationOf({ kind, endpoint, lambdaFunction, lambdaArn, restApi }: Target): string | undefined {
  const named = sole(lambdaFunction) ?? sole(restApi);
  const text = endpoint ?? lambdaArn;
  return named?.address ?? (text === undefined ? kind : describeText(text));
}

const EMPTY = { clients: [], audience: [], scopes: [] };
const TYPES = { JWT: "JWT", IAM: "SigV4", NONE: "none" } as const;

function credentialOf(
  inbound: "JWT" | "IAM" | "NONE" | undefined,
  authorizer: JwtAuthorizer | undefined,
  clients: Clients,
): Credential {
  if (inbound === undefined) return { type: "unknown", ...EMPTY };
  return {
    type: TYPES[inbound],
    issuer: issuerName(authorizer?.issuer),
    clients: described(authorizer?.allowedClients).map((id) => clientName(id, clients)),
    audience: described(authorizer?.allowedAudience),
    scopes: described(authorizer?.allowedScopes),
  };
}

function outboundCredential({ outbound }: Target, clients: Clients): Credential {
  if (outbound === undefined) return { type: "unknown", ...EMPTY };
  if (outbound.type === "NONE") return { type: "none", ...EMPTY };
  if (outbound.type !== "OAUTH") return { type: credentialLabel(outbound), ...EMPTY };
  const provider = sole(outbound.provider);
  return {
    type: "JWT",
    issuer: issuerName(provider?.issuer),
    clients: provider?.clientId === undefined ? [] : [clientName(short(provider.clientId), clients)],
    audience: [],
    scopes: described(outbound.scopes),
  };
}

function clientName(id: string, clients: Clients): string {
  return clients.get(id)?.address ?? id;
}

function issuerName(issuer: Issuer | undefined): string | undefined {
  return issuer && (sole(issuer.userPool)?.address ?? describeText(issuer.discoveryUrl));
}

function described(list: TextList | undefined): string[] {
  if (list === undefined) return [];
  return list instanceof Unknown ? [short(list)] : list.map(short);
}

/** A reference that stands alone needs no `${…}`; of an app client, its address says enough. */
function short(text: Text): string {
  const [reference, ...others] = typeof text === "string" ? [] : text.references;
  if (reference !== undefined && others.length === 0 && reference.attribute === "id") return reference.address;
  return describeText(text);
}

export function rolePermissions(system: System): RolePermission[] {
  return roleUses(system).flatMap(({ role }) =>
    role.policies.flatMap(({ statements }) => (statements ?? []).map((statement) => permission(role, statement))),
  );
}

function permission(role: Role, statement: Statement): RolePermission {
  const not = (list: readonly Text[]): string[] => list.map((text) => `anything but ${describeText(text)}`);
  return {
    role: role.address,
    effect: statement.effect,
    actions: [...statement.actions.map(describeText), ...not(statement.notActions)],
    resources: [...statement.resources.map(describeText), ...not(statement.notResources)],
  };
}
