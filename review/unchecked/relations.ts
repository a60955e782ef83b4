import {
  type CredentialProvider,
  cognitoIssuer,
  findTargetKind,
  type Gateway,
  type Issuer,
  matchText,
  memberName,
  type Role,
  type Runtime,
  type Target,
  type Text,
  type TextList,
  Unknown,
} from "../../topology";
import { textsAt } from "../evidence/arguments";
import { sole } from "../evidence/certainty";
import { type Clients, clientsOf } from "../evidence/clients";
import { rateLimitsIn } from "../evidence/rate-limits";
import type { Subject } from "../rule";
import { declaredAddresses, HIDDEN_BLOCK, HIDDEN_TEXT, whyOpen } from "./reasons";
import type { Unchecked } from "./unchecked";

/** One end of a hop, and what it can be. */
interface Relation {
  readonly address: string;
  readonly what: string;
  /** What names the other end; undefined where nothing does. */
  readonly named: Text | undefined;
  readonly candidates: readonly { readonly address: string }[];
}

/** Hops and relations of which one end is not known. */
export function openRelations(subject: Subject): Unchecked[] {
  const { system } = subject;
  const declared = declaredAddresses(subject.inventory);
  return [
    ...relationsOf(subject).flatMap((relation) => openEnd(relation, declared)),
    ...undecided(subject),
    ...new Set([...system.gateways, ...system.runtimes].flatMap(({ role }) => sole(role) ?? [])),
  ].flatMap((entry) => ("trust" in entry ? openRole(entry) : [entry]));
}

const TARGET = "credential_provider_configuration";

function relationsOf(subject: Subject): Relation[] {
  const { gateways, runtimes, targets, credentialProviders } = subject.system;
  const clients = clientsOf(subject.system);
  return [
    ...[...gateways, ...runtimes].flatMap((server) => serverRelations(server, clients)),
    ...gateways.flatMap(interceptorRelations),
    ...targets.flatMap(targetRelations),
    ...rateLimitsIn(subject).map(({ address, arguments: block, gateway }) => ({
      address,
      what: "the gateway that it limits",
      named: block.text("gateway_identifier"),
      candidates: gateway ? [gateway] : [],
    })),
    ...credentialProviders.flatMap(providerRelations),
  ];
}

function serverRelations({ address, instance, role, authorizer }: Gateway | Runtime, clients: Clients): Relation[] {
  return [
    { address, what: "what its role may do", named: instance.arguments.text("role_arn"), candidates: role },
    ...issuerRelation(address, authorizer?.issuer),
    ...(isOfPool(authorizer?.issuer) ? clientRelations(address, authorizer?.allowedClients, clients) : []),
  ];
}

function interceptorRelations({ address, instance, interceptors }: Gateway): Relation[] {
  return textsAt(instance.arguments, "interceptor_configuration.interceptor.lambda.arn").map((named, index) => ({
    address,
    what: "whether the gateway's role may invoke the interceptor",
    named,
    candidates: interceptors[index] ?? [],
  }));
}

function targetRelations(target: Target): Relation[] {
  const { address, gatewayIdentifier, gateway, endpoint, runtime, outbound, lambdaArn, lambdaFunction } = target;
  const { providerArn, provider = [] } = outbound && "provider" in outbound ? outbound : { providerArn: undefined };
  return [
    { address, what: "the gateway that has the target", named: gatewayIdentifier, candidates: gateway },
    {
      address,
      what: "the runtime that it calls, and whether that takes its credential",
      named: namesRuntime(endpoint) ? endpoint : undefined,
      candidates: runtime,
    },
    {
      address,
      what: "whether the gateway's role may invoke the function",
      named: lambdaArn,
      candidates: lambdaFunction,
    },
    {
      address,
      what: "the credential provider, its client and its issuer",
      named: providerArn,
      candidates: provider,
    },
  ];
}

function providerRelations({ address, clientId, client, issuer }: CredentialProvider): Relation[] {
  return [
    ...issuerRelation(address, issuer),
    {
      address,
      what: "the app client, its secret, flows and scopes",
      named: isOfPool(issuer) ? clientId : undefined,
      candidates: client,
    },
  ];
}

function issuerRelation(address: string, issuer: Issuer | undefined): Relation[] {
  if (issuer === undefined || !isOfPool(issuer)) return [];
  return [
    {
      address,
      what: "the user pool that issues the tokens, its clients and scopes",
      named: issuer.discoveryUrl,
      candidates: issuer.userPool,
    },
  ];
}

/** Whether an issuer is a user pool, or may be one. */
function isOfPool(issuer: Issuer | undefined): boolean {
  if (issuer === undefined) return false;
  if (issuer.userPool.length > 0) return true;
  return issuer.discoveryUrl instanceof Unknown || cognitoIssuer(issuer.discoveryUrl) !== undefined;
}

function clientRelations(address: string, allowed: TextList | undefined, clients: Clients): Relation[] {
  const what = "which clients are allowed, and how somebody gets their tokens";
  if (allowed === undefined) return [];
  if (allowed instanceof Unknown) return [{ address, what, named: allowed, candidates: [] }];
  return allowed.map((id) => {
    const names = typeof id === "string" ? [id] : id.references.map((reference) => reference.address);
    return { address, what, named: id, candidates: names.flatMap((name) => clients.get(name) ?? []) };
  });
}

/** Not one that is known to be elsewhere. */
function namesRuntime(endpoint: Text | undefined): boolean {
  return (
    endpoint !== undefined &&
    (endpoint instanceof Unknown || matchText(endpoint, /bedrock-agentcore\.[^/]*\/runtimes\//) !== undefined)
  );
}

function openEnd({ address, what, named, candidates }: Relation, declared: ReadonlySet<string>): Unchecked[] {
  if (named === undefined || candidates.length === 1) return [];
  const reason =
    candidates.length === 0
      ? whyOpen(named, declared)
      : `it may be each of ${candidates
          .slice(0, 3)
          .map((candidate) => candidate.address)
          .join(", ")}`;
  return [{ address, what, reason }];
}

/** What a target or a runtime keeps to itself. */
function undecided({ system }: Subject): Unchecked[] {
  return [
    ...system.runtimes
      .filter(({ inbound }) => inbound === undefined)
      .map(({ address }) => ({ address, what: "who may call the runtime", reason: HIDDEN_BLOCK })),
    ...system.gateways
      .filter(({ inbound, instance }) => inbound === undefined && instance.arguments.isOpen("authorizer_type"))
      .map(({ address }) => ({ address, what: "who may call the gateway", reason: HIDDEN_TEXT })),
    ...system.targets
      .filter(({ outbound }) => outbound === undefined)
      .map(({ address, instance }) => ({
        address,
        what: "how the target authorizes itself",
        reason: instance.arguments.isOpen(TARGET) ? HIDDEN_BLOCK : "its way of authorization is not read",
      })),
    ...system.targets
      .filter(({ kind }) => kind === undefined || findTargetKind(memberName(kind)) === undefined)
      .map((target) => ({ address: target.address, what: "what the target calls", reason: whyNoBackend(target) })),
  ];
}

function whyNoBackend({ kind, instance }: Subject["system"]["targets"][number]): string {
  if (kind !== undefined) return `targets of the kind ${kind} are not read`;
  const isLeftOut = instance.arguments.value("target_configuration") === undefined;
  return isLeftOut ? "its target_configuration is left out" : HIDDEN_BLOCK;
}

function openRole({ address, instance, unshown, policies }: Role): Unchecked[] {
  const { arguments: block } = instance;
  return [
    ...(block.value("permissions_boundary") !== undefined || block.isOpen("permissions_boundary")
      ? [
          {
            address,
            what: "what its permissions boundary leaves of what its policies allow",
            reason: "permissions boundaries are not evaluated",
          },
        ]
      : []),
    ...(unshown.length > 0
      ? [{ address, what: "all that the role may do", reason: `the source does not show ${listed(unshown)}` }]
      : []),
    ...policies
      .filter(({ statements }) => statements === undefined)
      .map((policy) => ({ address: policy.address, what: "what the policy allows", reason: HIDDEN_TEXT })),
  ];
}

function listed(all: readonly string[]): string {
  const told = all.slice(0, 5).map((each) => each.slice(0, 200));
  return [...told, ...(all.length > told.length ? ["more"] : [])].join(", and ");
}
